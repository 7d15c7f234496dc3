package io.ferric.iscsi;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Finds the address of a host within a time limit, which the JDK's lookup does not have: names are looked up on a daemon
 * thread that is left behind when the time is over.
 */
final class HostLookup {
    /** Looks a name up, for as long as it takes. */
    interface Resolver {
        InetAddress resolve(String name) throws UnknownHostException;
    }

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private HostLookup() {}

    static InetAddress find(String host, Timer timer, Resolver resolver) throws IOException {
        try {
            return LITERAL.matcher(host).matches() ? resolver.resolve(host) : bounded(host, timer, resolver);
        } catch (UnknownHostException e) {
            throw new IscsiException("cannot resolve the iSCSI host name " + Words.printable(host), e);
        }
    }

    private static InetAddress bounded(String name, Timer timer, Resolver resolver) throws IOException {
        FutureTask<InetAddress> lookup = new FutureTask<>(() -> resolver.resolve(name));
        Thread thread = new Thread(lookup, "iscsi-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookup.get(timer.left(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IscsiException(
                    "cannot resolve the iSCSI host name " + Words.printable(name) + " within " + timer.seconds(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking up an iSCSI host name");
        }
    }
}
