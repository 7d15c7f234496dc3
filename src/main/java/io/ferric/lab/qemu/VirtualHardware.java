package io.ferric.lab.qemu;

import io.ferric.lab.ilo.MediaDevice;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What does not change from boot to boot.
 *
 * @param name letters, digits, dots and dashes
 * @param folder where disk, console logs and copies of media are kept
 * @param disk the raw file behind the disk
 * @param address where ports 3260 and 10000 of the machine are forwarded to
 * @param serial of the disk and the board, letters and digits
 * @param mac of the network card
 */
record VirtualHardware(
        String name, Path folder, Path disk, InetAddress address, String serial, String mac, Bus bus, int memoryMib) {

    Path variables() {
        return folder.resolve("vars-" + name + ".fd");
    }

    Path console(int boot) {
        return folder.resolve("console-" + name + "-" + boot + ".log");
    }

    /** Names of files in the folder that {@link #console} gives. */
    Pattern consoles() {
        return Pattern.compile(Pattern.quote("console-" + name + "-") + "\\d+\\.log");
    }

    /** The copy of what is in a virtual drive. */
    Path medium(MediaDevice device) {
        return folder.resolve(device == MediaDevice.CDROM ? "cdrom-" + name + ".iso" : "floppy-" + name + ".img");
    }

    Path errors() {
        return folder.resolve("qemu-" + name + ".err");
    }
}
