package io.ferric.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.SimulatedIlo;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedIloExtension.class)
@PretendIlo(profile = IloProfile.ILO6)
class SimulatedIloExtensionTest {
    private static final List<SimulatedIlo> SEEN = new ArrayList<>();

    @Test
    void starts_what_the_parameter_says(
            @PretendIlo(profile = IloProfile.ILO5, serial = "CZ00000005", faults = IloFault.HTTP_503)
                    SimulatedIlo ilo) {
        SEEN.add(ilo);
        assertThat(ilo.profile()).isEqualTo(IloProfile.ILO5);
        assertThat(ilo.faults().pending(IloFault.HTTP_503)).isTrue();
    }

    @Test
    void falls_back_to_what_the_class_says(SimulatedIlo one, SimulatedIlo other) {
        SEEN.add(one);
        SEEN.add(other);
        assertThat(one.profile()).isEqualTo(IloProfile.ILO6);
        assertThat(one.address()).isNotEqualTo(other.address());
    }

    @AfterAll
    static void closed_them_all() {
        assertThat(SEEN).hasSize(3).allSatisfy(ilo -> assertThatThrownBy(() ->
                        new Socket(ilo.address().getAddress(), ilo.address().getPort()).close())
                .hasMessageContaining("refused"));
    }
}
