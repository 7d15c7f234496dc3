package io.ferric.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Makes the server side of TLS connections. */
final class TlsEngines implements Supplier<SSLEngine> {
    private final SSLContext context;
    private final TlsOptions options;

    private TlsEngines(SSLContext context, TlsOptions options) {
        this.context = context;
        this.options = options;
    }

    /** Reads the certificate and tries the settings, so that a mistake shows now and not when a BMC comes. */
    static TlsEngines of(TlsOptions options) throws IOException {
        char[] password = password(options);
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(options, password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            requireKnown(
                    "TLS version",
                    options.versions(),
                    context.getSupportedSSLParameters().getProtocols());
            requireKnown(
                    "cipher suite",
                    options.cipherSuites(),
                    context.getSupportedSSLParameters().getCipherSuites());
            return new TlsEngines(context, options);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate or its key cannot be used: " + Faults.reason(e), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public SSLEngine get() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        if (!options.versions().isEmpty()) {
            engine.setEnabledProtocols(options.versions().toArray(String[]::new));
        }
        if (!options.cipherSuites().isEmpty()) {
            engine.setEnabledCipherSuites(options.cipherSuites().toArray(String[]::new));
        }
        return engine;
    }

    private static char[] password(TlsOptions options) {
        return options.certificate() instanceof TlsOptions.Pkcs12 pkcs12
                ? pkcs12.password().toCharArray()
                : new char[0];
    }

    private static KeyStore keyStore(TlsOptions options, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (options.certificate() instanceof TlsOptions.Pkcs12 pkcs12) {
            try (InputStream in = Files.newInputStream(pkcs12.file())) {
                store.load(in, password);
            }
        } else if (options.certificate() instanceof TlsOptions.Pem pem) {
            store.load(null, password);
            store.setKeyEntry(
                    "server",
                    PemFiles.key(pem.key()),
                    password,
                    PemFiles.chain(pem.chain()).toArray(new Certificate[0]));
        }
        return store;
    }

    private static void requireKnown(String what, List<String> names, String[] supported) throws IOException {
        for (String name : names) {
            if (!Arrays.asList(supported).contains(name)) {
                throw new IOException(
                        "the " + what + " " + name + " is unknown here; known are " + String.join(", ", supported));
            }
        }
    }
}
