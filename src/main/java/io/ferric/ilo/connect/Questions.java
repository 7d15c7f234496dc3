package io.ferric.ilo.connect;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.HttpStatus;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloLine;
import io.ferric.ilo.wire.Words;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What an iLO is asked without a login. */
final class Questions {
    private static final String ROOT = "/redfish/v1/";
    private static final String DATA = "/xmldata?item=All";
    private static final String NO_COMMAND = "<?xml version=\"1.0\"?>\r\n<RIBCL VERSION=\"2.0\"></RIBCL>\r\n";
    private static final int REDIRECTS = 4;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

    private Questions() {}

    /**
     * The answer about Redfish.
     *
     * @param why what came instead of a root, for messages
     * @param sure false when it may have Redfish and only could not say so now
     * @param absent whether there is nothing; not when something answers that makes no sense
     */
    record Root(Optional<RedfishRoot> found, String why, boolean sure, boolean absent) {
        static Root none(String why, boolean sure) {
            return new Root(Optional.empty(), why, sure, sure);
        }
    }

    /**
     * The answer about RIBCL.
     *
     * @param instead what came when it is not there, for messages
     */
    record Ribcl(boolean there, boolean switchedOff, String instead) {}

    static Root root(IloLine line, IloAccess access) throws IOException {
        try {
            return root(line, access, ROOT);
        } catch (IOException e) {
            if (isNoise(e)) {
                return Root.none("it answers what cannot be understood (" + Words.shown(e.getMessage()) + ")", false);
            }
            throw e;
        }
    }

    private static Root root(IloLine line, IloAccess access, String start) throws IOException {
        String path = start;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpAnswer answer = line.exchange(get(path));
            if (!MOVED.contains(answer.status())) {
                return judged(answer);
            }
            String where = answer.header("location").orElse("");
            Optional<String> next = pathOnSameHost(where, path, access);
            if (next.isEmpty()) {
                return Root.none("it sends elsewhere, to " + Words.shown(where), true);
            }
            path = next.get();
        }
        return Root.none("it sends from one place to the next without end", true);
    }

    private static Root judged(HttpAnswer answer) {
        Optional<RedfishRoot> root = answer.status() == 200 ? RedfishRoot.of(answer.body()) : Optional.empty();
        if (root.isPresent()) {
            return new Root(root, "", true, false);
        }
        boolean told = answer.status() < 500;
        return new Root(root, said(answer), told, told && answer.status() != 200);
    }

    private static String said(HttpAnswer answer) {
        return answer.status() == 200
                ? "it answers '" + Words.shown(answer.text()) + "'"
                : "it answers with HTTP status " + answer.status();
    }

    /** Empty when it is not told. */
    static Optional<Identity> anonymousData(IloLine line) throws IOException {
        try {
            HttpAnswer answer = line.exchange(HttpCall.get(DATA));
            return answer.status() == 200 ? AnonymousData.read(answer.text()) : Optional.empty();
        } catch (IOException e) {
            if (isNoise(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sends a document without command and login, for a stranger must not see the password. */
    static Ribcl ribcl(IloLine line) throws IOException {
        HttpAnswer answer = line.exchange(
                HttpCall.of("POST", "/ribcl", "text/xml", NO_COMMAND).with("Connection", "close"));
        if (answer.status() >= 500 && answer.status() != NOT_IMPLEMENTED) {
            throw new HttpStatus(answer.status());
        }
        if (answer.status() != 200 || !answer.text().contains("<RIBCL")) {
            return new Ribcl(false, false, said(answer));
        }
        return new Ribcl(true, answer.text().contains("RIBCLI is disabled"), "");
    }

    /** Quirk.ODATA_VERSION_HEADER: with it no iLO shows anything twice. */
    private static HttpCall get(String path) {
        return HttpCall.get(path).with("Accept", "application/json").with("OData-Version", "4.0");
    }

    private static Optional<String> pathOnSameHost(String location, String from, IloAccess access) {
        try {
            URI base = URI.create("https://" + access.authority() + from);
            URI target = base.resolve(location.strip());
            boolean same = "https".equalsIgnoreCase(target.getScheme())
                    && base.getHost().equalsIgnoreCase(target.getHost())
                    && access.port() == (target.getPort() < 0 ? 443 : target.getPort());
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return same && !location.isBlank() && target.getRawPath().startsWith("/")
                    ? Optional.of(target.getRawPath() + query)
                    : Optional.empty();
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** Bytes came or the connection broke: there is something, which may do better with another question. */
    private static boolean isNoise(IOException e) {
        boolean broken = e instanceof SocketException
                && !(e instanceof ConnectException)
                && !(e instanceof NoRouteToHostException);
        return e instanceof BrokenAnswer || e instanceof EOFException || broken;
    }
}
