package io.ferric.ilo.ribcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.ilo.ribcl.RibclCommand.Block;
import io.ferric.ilo.ribcl.RibclCommand.Tag;
import org.junit.jupiter.api.Test;

class RibclCommandTest {
    @Test
    void writes_the_envelope_with_each_tag_on_its_own_line() {
        String document = RibclCommand.write(Block.RIB_INFO, "SET_VM_STATUS", "DEVICE", "CDROM")
                .containing(Tag.named("VM_BOOT_OPTION", "VALUE", "CONNECT"))
                .document("admin", "secret");
        assertThat(document.split("\r\n"))
                .containsExactly(
                        "<?xml version=\"1.0\"?>",
                        "<RIBCL VERSION=\"2.0\">",
                        "<LOGIN USER_LOGIN=\"admin\" PASSWORD=\"secret\">",
                        "<RIB_INFO MODE=\"write\">",
                        "<SET_VM_STATUS DEVICE=\"CDROM\">",
                        "<VM_BOOT_OPTION VALUE=\"CONNECT\"/>",
                        "</SET_VM_STATUS>",
                        "</RIB_INFO>",
                        "</LOGIN>",
                        "</RIBCL>");
    }

    @Test
    void escapes_what_would_break_the_document() {
        String document = RibclCommand.read(Block.SERVER_INFO, "X").document("a\"b", "<&>");
        assertThat(document).contains("USER_LOGIN=\"a&quot;b\" PASSWORD=\"&lt;&amp;&gt;\"");
    }
}
