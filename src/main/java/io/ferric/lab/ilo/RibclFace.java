package io.ferric.lab.ilo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** RIBCL at {@code /ribcl}: what {@link RibclFrontEnd} says, and the damage that faults do to it. */
final class RibclFace implements Face {
    private final IloState state;
    private final RibclFrontEnd ribcl;
    private final boolean enabled;
    private final RibclWire wire;

    RibclFace(IloState state, RibclFrontEnd ribcl, boolean enabled, RibclWire wire) {
        this.state = state;
        this.ribcl = ribcl;
        this.enabled = enabled;
        this.wire = wire;
    }

    @Override
    public boolean answers(HttpRequest request) {
        return request.method().equals("POST") && request.path().equals("/ribcl");
    }

    @Override
    public void answer(HttpRequest request, OutputStream out) throws IOException {
        wire.send(body(request.body()).getBytes(StandardCharsets.ISO_8859_1), out);
    }

    private String body(String request) {
        if (state.struck(IloFault.GARBAGE_ANSWER)) {
            return "\u0000\u0017]]>< not a word of RIBCL &&& \u00ff\u00fe";
        }
        if (state.struck(IloFault.WRONG_DOCUMENT)) {
            return "<?xml version=\"1.0\"?>\r\n<HTML><BODY>Please log in</BODY></HTML>\r\n";
        }
        if (!enabled || state.struck(IloFault.RIBCL_DISABLED)) {
            RibclAnswer disabled = new RibclAnswer();
            disabled.fault(new RibclFault(RibclFault.UNRECORDED, "RIBCLI is disabled."));
            return disabled.toString();
        }
        return maybeDamaged(ribcl.answer(request));
    }

    private String maybeDamaged(String body) {
        if (state.struck(IloFault.TRUNCATED_DOCUMENT)) {
            return body.substring(0, body.lastIndexOf("MESSAGE"));
        }
        if (state.struck(IloFault.CONTROL_BYTES)) {
            return body.replace("\r\n<", "\u0001\r\n<").replace("utility", "utility\u00b0");
        }
        return body;
    }
}
