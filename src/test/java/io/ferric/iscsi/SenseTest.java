package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SenseTest {
    @Test
    void tells_an_unknown_code_by_its_numbers() {
        assertThat(new Sense(4, 0xee, 0x01).words())
                .isEqualTo("HARDWARE ERROR, see SPC-4 annex D (key 4 asc ee ascq 01)");
    }

    @Test
    void a_check_condition_without_sense_is_told_as_such() {
        assertThat(ScsiStatus.words(2, Sense.NONE)).isEqualTo("CHECK CONDITION");
    }

    @Property(tries = 300)
    void any_bytes_can_be_sense_data(@ForAll @Size(max = 40) byte[] bytes) {
        assertThat(Sense.parse(ByteBuffer.wrap(bytes)).words()).isNotBlank();
    }
}
