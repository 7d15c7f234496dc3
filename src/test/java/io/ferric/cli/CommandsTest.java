package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help serve",
                "lab --help",
                "image vfat --help",
                "image iso --help",
                "image deploy-iso --help",
                "iscsi write --help",
                "ilo info --help"
            })
    void every_command_explains_itself(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: ferric");
    }

    @Test
    void help_tells_the_exit_codes() {
        run("--help");
        assertThat(out.toString()).contains("Exit codes:", "0   done");
    }

    @Test
    void makes_a_floppy_and_tells_what_it_is() throws Exception {
        Path token = Files.writeString(folder.resolve("token.txt"), "secret");
        Path floppy = folder.resolve("floppy.img");

        assertThat(run(
                        "image",
                        "vfat",
                        floppy.toString(),
                        "--param",
                        "a=1",
                        "--param",
                        "b=2",
                        "--file",
                        token + "=token"))
                .isZero();
        assertThat(Files.size(floppy)).isEqualTo(100 * 1024);
        assertThat(run("image", "inspect", floppy.toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"file_size\" : 102400");
    }

    @Test
    void an_interrupted_download_says_that_it_is_truncated() throws Exception {
        ByteBuffer squashfs = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
        squashfs.put(0, "hsqs".getBytes(StandardCharsets.US_ASCII)).putLong(40, 1_000_000);
        Path image = Files.write(folder.resolve("root.img"), squashfs.array());
        assertThat(run("image", "inspect", image.toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"declared_size\" : 1000000", "\"truncated\" : true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image vfat OUT --param a=b;reboot          | 1 | boot parameter 'a'
            image vfat OUT --file nothing               | 2 | SRC=DEST
            image inspect NOWHERE                       | 1 | no such file
            image deploy-iso OUT                        | 2 | --kernel-package linux-image-amd64
            image deploy-iso OUT --kernel k             | 2 | go together
            image deploy-iso OUT --kernel k --modules m --kernel-package p | 2 | exclude each other
            image deploy-iso OUT --kernel-package a --kernel-package b | 2 | may be repeated for .deb files only
            image deploy-iso OUT --kernel-package p --include nothing | 2 | SRC=DEST
            image deploy-iso NOWHERE/out.iso --kernel-package p | 1 | could not be written: there is no folder
            image deploy-iso OUT --kernel-package p --append "x" | 1 | without quotes
            image deploy-iso OUT --kernel-package NOWHERE.deb | 1 | is no file that is there
            image deploy-iso OUT --kernel NOWHERE --modules m | 1 | no such file
            image deploy-iso OUT --kernel-package Nonsense | 1 | neither the name of a Debian package
            iscsi info --portal nowhere:x --iqn iqn.x:y | 2 | --portal
            iscsi info --portal 127.0.0.1:1 --iqn nonsense | 2 | iSCSI name
            iscsi info --portal 127.0.0.1:1 --iqn iqn.x:y --chap-user u | 2 | go together
            serve --config NOWHERE                      | 2 | cannot be read
            serve --config FOLDER                       | 2 | is a directory
            image vfat NOWHERE/out.img --param a=1      | 1 | could not be written: there is no folder
            ilo info --address 127.0.0.1:1 --username u --password-file p --verify sytem | 2 | --verify sytem: neither a file
            lab --disk-size big                         | 2 | is not a size
            lab --swap-mb -1                            | 2 | must be from 0 to
            lab --image NOWHERE                         | 1 | no such file
            lab --nodes 0                               | 2 | --nodes 0 must be from 1 to 100
            lab --qemu --nodes 200                      | 2 | --nodes 200 must be from 1 to 100
            lab --firmware efi                          | 2 | '--firmware': expected one of [BIOS, UEFI]
            lab --qemu --bus scsi                       | 2 | '--bus': expected one of [VIRTIO, USB]
            lab --bus usb                               | 2 | --bus goes with --qemu only
            lab --kernel-package linux-image-amd64      | 2 | --kernel-package goes with --qemu only
            lab --qemu --up-when (                      | 2 | is no regular expression
            simulate                                    | 2 | Name what to simulate: ilo.
            simulate ilo --profile ilo9                 | 2 | --profile ilo9 is not known; write one of ilo3-g7, ilo4-gen8
            simulate ilo --fault NOPE                   | 2 | --fault NOPE is not known; write one of GARBAGE_ANSWER
            simulate ilo --fault SLOW:0                 | 2 | after the colon comes how often
            simulate ilo --count 0                      | 2 | --count 0 does not go: 1 to 10000
            simulate ilo --listen 127.0.0.1:65535 --count 2 | 2 | no port beyond 65535
            simulate ilo --script NOWHERE               | 1 | no such file
            nonsense                                    | 2 | Unmatched argument
            """)
    void a_mistake_ends_with_its_exit_code_and_one_clear_line(String line, int exit, String said) {
        String[] words = line.replace("OUT", folder.resolve("out.img").toString())
                .replace("FOLDER", folder.toString())
                .replace("NOWHERE", folder.resolve("nowhere").toString())
                .split(" +");
        assertThat(run(words)).isEqualTo(exit);
        assertThat(err.toString()).contains(said).doesNotContain("java.");
        assertThat(folder.resolve("out.img")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.raw", "boot.iso", "vmlinuz"})
    void the_lab_does_not_overwrite_what_it_is_to_deploy(String name) throws Exception {
        Path image = Files.writeString(folder.resolve(name), "precious");
        assertThat(run("lab", "--image", image.toString(), "--work-dir", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--image", "move it");
        assertThat(image).hasContent("precious");
    }

    @Test
    void a_missing_image_costs_nothing_that_an_earlier_lab_made() throws Exception {
        Path disk = Files.writeString(folder.resolve("disk.raw"), "deployed");
        assertThat(run("lab", "--image", folder.resolve("nowhere").toString(), "--work-dir", folder.toString()))
                .isEqualTo(1);
        assertThat(disk).hasContent("deployed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rest: {host: 0.0.0.0, port: 0}          | rest.host 0.0.0.0
            publisher: {local: {tls_key: key.pem}}  | publisher.local.tls_certificate
            publisher: {local: {host: 0.0.0.0, port: 0}} | publisher.local.external_url
            """)
    void a_configuration_that_cannot_be_served_ends_with_2(String yaml, String said) throws Exception {
        Path config = Files.writeString(
                folder.resolve("ferric.yaml"), "state_directory: " + folder.resolve("state") + "\n" + yaml + "\n");
        assertThat(run("serve", "--config", config.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("ferric: ").contains(said).hasLineCount(1);
    }

    @Test
    void a_driver_that_is_not_there_stops_the_start() throws Exception {
        assertThat(serve(folder.resolve("state"), "enabled_drivers: [ilo, nope]", "publisher: {local: {port: 0}}"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("enabled_drivers names 'nope', which is no driver here; there are: ", "fake-hardware", "ilo")
                .hasLineCount(1);
    }

    @Test
    void the_host_of_rest_is_judged_before_anything_is_opened() throws Exception {
        Path state = folder.resolve("state");
        assertThat(serve(state, "rest: {host: 0.0.0.0}")).isEqualTo(2);
        assertThat(state).doesNotExist();
    }

    @Test
    void a_port_that_is_taken_is_named_with_its_key() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThat(serve(folder.resolve("a"), "publisher: {local: {port: " + port + "}}"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("publisher.local.port", "in use");
            assertThat(serve(folder.resolve("b"), "publisher: {local: {port: 0}}", "rest: {port: " + port + "}"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("rest.port " + port + " is in use");
        }
    }

    @Test
    void a_database_in_use_or_not_usable_is_told_in_one_line() throws Exception {
        Path file = Files.createFile(folder.resolve("ferric.mv.db"));
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.lock();
            assertThat(serve(folder)).isEqualTo(1);
        }
        assertThat(err.toString()).contains("another Ferric uses " + file).hasLineCount(1);

        Files.writeString(file, "this is no database ".repeat(1000));
        assertThat(serve(folder)).isEqualTo(1);
        Path directory = Files.createDirectories(folder.resolve("other/ferric.mv.db"));
        assertThat(serve(folder.resolve("other"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot open " + file, "cannot open " + directory)
                .doesNotContain("java.", "null")
                .hasLineCount(3);
    }

    private int serve(Path state, String... yaml) throws Exception {
        String text = "state_directory: " + state + "\n" + String.join("\n", yaml) + "\n";
        return run(
                "serve",
                "--config",
                Files.writeString(folder.resolve("serve.yaml"), text).toString());
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine(arguments);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
