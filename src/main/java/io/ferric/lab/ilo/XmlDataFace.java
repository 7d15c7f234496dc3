package io.ferric.lab.ilo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The anonymous data at {@code /xmldata}, no login asked. */
final class XmlDataFace implements Face {
    private final IloState state;
    private final IloIdentity identity;
    private final IloProfile profile;
    private final RibclWire wire;

    XmlDataFace(IloState state, IloIdentity identity, IloProfile profile, RibclWire wire) {
        this.state = state;
        this.identity = identity;
        this.profile = profile;
        this.wire = wire;
    }

    /** An iLO 7 leaves the factory with anonymous data off. */
    @Override
    public boolean answers(HttpRequest request) {
        return request.method().equals("GET")
                && request.path().toLowerCase(Locale.ROOT).startsWith("/xmldata?item=")
                && profile.generation() < 7
                && !state.struck(IloFault.XMLDATA_OFF);
    }

    @Override
    public void answer(HttpRequest request, OutputStream out) throws IOException {
        boolean license = request.path().toLowerCase(Locale.ROOT).endsWith("=cpqkey");
        String body = license ? XmlData.license(state.license()) : XmlData.all(identity, profile, state.hardware());
        wire.send(body.getBytes(StandardCharsets.ISO_8859_1), out);
    }
}
