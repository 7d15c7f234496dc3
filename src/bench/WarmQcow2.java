import io.ferric.deploy.DirectCopy;
import io.ferric.deploy.Progress;
import io.ferric.image.DiskImage;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.IscsiTarget;
import io.ferric.iscsi.RemoteDisk;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Times the copy of an image to an iSCSI disk in a warm process, as in the service: {@code WarmQcow2 IMAGE PORT IQN DISK
 * RUNS} prints the seconds of each counted run, from login to flush. DISK is the target's file; it is emptied before each
 * run. The first runs warm the process up and are not counted.
 */
final class WarmQcow2 {
    private static final int WARM = 3;

    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        IscsiTarget target = IscsiTarget.of("127.0.0.1", Integer.parseInt(arguments[1]), arguments[2], 1);
        int runs = Integer.parseInt(arguments[4]);
        for (int i = 0; i < WARM + runs; i++) {
            empty(Path.of(arguments[3]));
            long start = System.nanoTime();
            try (RemoteDisk disk = RemoteDisk.open(target, IscsiOptions.defaults());
                    DiskImage source = DiskImage.open(image)) {
                new DirectCopy().copy(source, disk, 0, Progress.NONE);
                disk.flush();
            }
            if (i >= WARM) {
                System.out.printf("%.6f%n", (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static void empty(Path disk) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            long size = file.length();
            file.setLength(0);
            file.setLength(size);
        }
    }
}
