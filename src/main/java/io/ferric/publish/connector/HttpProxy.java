package io.ferric.publish.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP proxy, for http and (by CONNECT) for https.
 *
 * @param exceptFor hosts that are reached without it: names and addresses as they stand in URLs; one that begins with a
 *     dot stands for all names that end so
 */
public record HttpProxy(String host, int port, List<String> exceptFor) {
    private static final int USUAL_PORT = 3128;

    public HttpProxy {
        exceptFor =
                exceptFor.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * @param url {@code http://host:port}; without port 3128
     * @throws IllegalArgumentException telling what is wrong with it, without its secrets
     */
    public static HttpProxy of(URI url, List<String> exceptFor) {
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a proxy that wants a login is not supported; leave the user out");
        }
        boolean plain = url.getRawQuery() == null
                && url.getRawFragment() == null
                && List.of("", "/").contains(String.valueOf(url.getRawPath()));
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || !plain) {
            throw new IllegalArgumentException("it must be of the form http://host:port");
        }
        return new HttpProxy(url.getHost(), url.getPort() < 0 ? USUAL_PORT : url.getPort(), exceptFor);
    }

    boolean isFor(URI target) {
        String name = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
        return exceptFor.stream().noneMatch(each -> each.startsWith(".") ? name.endsWith(each) : name.equals(each));
    }

    ProxySelector selector() {
        InetSocketAddress address = InetSocketAddress.createUnresolved(host, port);
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI target) {
                return List.of(isFor(target) ? new Proxy(Proxy.Type.HTTP, address) : Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI target, SocketAddress proxy, IOException fault) {
                // The request fails, and tells.
            }
        };
    }
}
