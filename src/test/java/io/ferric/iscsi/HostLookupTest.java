package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HostLookupTest {
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void a_name_server_that_does_not_answer_costs_no_more_than_the_deadline() {
        Timer hasty = new Timer(System::nanoTime, Duration.ofMillis(50));
        assertThatThrownBy(() -> HostLookup.find("slow.example.org", hasty, name -> silence()))
                .isInstanceOf(IscsiException.class)
                .hasMessage("cannot resolve the iSCSI host name slow.example.org within 0.05 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void an_address_needs_no_thread(String literal) throws IOException {
        Timer over = new Timer(System::nanoTime, Duration.ZERO);
        assertThat(HostLookup.find(literal, over, InetAddress::getByName).isLoopbackAddress())
                .isTrue();
    }

    @Test
    void a_name_is_looked_up() throws IOException {
        Timer patient = new Timer(System::nanoTime, Duration.ofSeconds(10));
        InetAddress known = InetAddress.getLoopbackAddress();
        assertThat(HostLookup.find("disk.example.org", patient, name -> known)).isEqualTo(known);
    }

    private InetAddress silence() throws UnknownHostException {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException();
    }
}
