import io.ferric.publish.SwiftApi;
import io.ferric.publish.UploadOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;

/**
 * Uploads a file to Swift whenever a line comes in, and prints how many seconds that took: {@code WarmSwift FILE CONTAINER},
 * with the variables of the OpenStack clients. Only the first upload logs in.
 */
final class WarmSwift {
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        SwiftApi swift = new SwiftApi(
                System.getenv("OS_USERNAME"),
                System.getenv("OS_PROJECT_NAME"),
                System.getenv("OS_PASSWORD"),
                URI.create(System.getenv("OS_AUTH_URL")));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            swift.uploadObject(arguments[1], "ferric", file, UploadOptions.defaults());
            System.out.printf("%.6f%n", (System.nanoTime() - start) / 1e9);
        }
    }
}
