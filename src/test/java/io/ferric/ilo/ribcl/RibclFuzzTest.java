package io.ferric.ilo.ribcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.node.NodeFault;
import io.ferric.node.Secret;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever an iLO or an attacker writes: an answer or a fault of ours, soon, and never more memory than its length says. */
class RibclFuzzTest {
    private static final long TOO_LONG_MS = 3_000;

    /** Of this thread: what others do on the machine is no matter. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    /** Every question whose answer is read. */
    private static final List<Consumer<IloClient>> QUESTIONS = List.of(
            IloClient::power,
            IloClient::productName,
            IloClient::firmware,
            IloClient::licenses,
            ilo -> ilo.mediaStatus(MediaDrive.CDROM),
            ilo -> ilo.ejectMedia(MediaDrive.FLOPPY),
            IloClient::oneTimeBoot,
            IloClient::persistentBoot,
            IloClient::currentBootMode,
            IloClient::supportedBootModes,
            IloClient::inventory,
            IloClient::sensors,
            IloClient::indicator,
            ilo -> ilo.setIndicator(Indicator.OFF),
            IloClient::reset);

    private static final List<String> HOSTILE = List.of(
            "<!DOCTYPE RIBCL [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
            "<!DOCTYPE RIBCL SYSTEM \"file:///etc/passwd\">",
            "&a;",
            "&#0;",
            "&#x110000;",
            "<?xml version=\"1.0\"?>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "<![CDATA[",
            "<!--",
            "]]>",
            "\"",
            "'",
            "<RIBCL VERSION=\"2.0\"/>",
            "</RIBCL>",
            "<RESPONSE STATUS=\"0x99999999999\" MESSAGE=''/>",
            "<RESPONSE STATUS=\"\" />",
            "VALUE=\"99999999999999999999999999 threads\"",
            "VALUE = \"999999999.999 PB\"",
            "<xi:include href=\"file:///etc/passwd\"/>",
            "\u0000\u0001\u001f",
            "xmlns:a=\"b\"",
            "a:b:c");

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void mutated_answers_end_in_words_or_values(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] body = mutated(random);
        long start = CLOCK.getCurrentThreadCpuTime();
        ask(QUESTIONS.get(random.nextInt(QUESTIONS.size())), body);
        long ms = (CLOCK.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertThat(ms).as("time for %d bytes", body.length).isLessThan(TOO_LONG_MS);
    }

    private static void ask(Consumer<IloClient> question, byte[] body) {
        IloAccess access =
                new IloAccess("127.0.0.1", 443, "u", Secret.of("pretend-9"), Duration.ofSeconds(1), new IloTrust.Off());
        RibclSession session = new RibclSession(access, call -> new HttpAnswer(200, Map.of(), body, false));
        try {
            question.accept(new RibclClient(session));
        } catch (NodeFault e) {
            assertThat(e.inPlainWords()).contains("127.0.0.1:443 (RIBCL)").hasSizeLessThan(1_000);
        }
    }

    private static byte[] mutated(Random random) {
        String answer = Answers.ALL.get(random.nextInt(Answers.ALL.size()));
        StringBuilder text = new StringBuilder(answer);
        int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            mutate(text, random);
        }
        byte[] bytes =
                text.toString().getBytes(random.nextBoolean() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int length = random.nextInt(Math.min(600, text.length() - at + 1));
        switch (random.nextInt(8)) {
            case 0 -> text.setLength(at);
            case 1 -> text.delete(at, at + length);
            case 2 -> text.insert(at, text.substring(at, at + length));
            case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, at + length));
            case 4 -> text.insert(at, String.valueOf((char) random.nextInt(0x110)));
            case 5 -> text.insert(at, rare(random, 60_000, "<A>") + rare(random, 60_000, "</A>"));
            case 6 -> text.insert(at, " HUGE=\"" + rare(random, 100_000, "x\" \"<&") + "\"");
            default -> text.insert(at, HOSTILE.get(random.nextInt(HOSTILE.size())));
        }
    }

    /** Mostly a few of them, seldom very many. */
    private static String rare(Random random, int most, String unit) {
        return unit.repeat(random.nextInt(random.nextInt(100) == 0 ? most / unit.length() : 80));
    }
}
