package dev.slipway.notification.tls;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A company's own certificate authority: where one is named, it and no other is trusted. */
public final class Authority {
    private static final int CAUSES_MAX = 20;

    private Authority() {}

    /**
     * What connections are made with.
     *
     * @param setting name of the setting, for whoever has to mend it
     * @param location of a file with certificates in PEM, such as {@code file:/etc/ssl/company.pem}; empty for none
     * @return empty if none is named
     * @throws IllegalStateException if it cannot be read
     */
    public static Optional<SSLContext> context(String setting, String location) {
        if (location.isBlank()) {
            return Optional.empty();
        }
        try {
            PemSslStoreDetails none = PemSslStoreDetails.forCertificate("");
            PemSslStoreBundle stores =
                    new PemSslStoreBundle(none, PemSslStoreDetails.forCertificate(located(location)));
            return Optional.of(SslBundle.of(stores).createSslContext());
        } catch (RuntimeException unreadable) {
            throw new IllegalStateException(
                    setting + ": no certificates in PEM can be read from " + location, unreadable);
        }
    }

    private static String located(String location) {
        return location.startsWith("/") ? "file:" + location : location;
    }

    /** Whether the other side's certificate is refused, or it speaks no TLS: that stays until somebody mends it. */
    public static boolean refused(Throwable failed) {
        boolean tls = causes(failed).anyMatch(SSLException.class::isInstance);
        boolean untrusted = causes(failed)
                .anyMatch(cause -> cause instanceof CertificateException || cause instanceof CertPathBuilderException);
        boolean brokeOff = causes(failed)
                .anyMatch(cause -> cause instanceof EOFException
                        || cause instanceof SocketException
                        || cause instanceof SocketTimeoutException);
        return untrusted || (tls && !brokeOff);
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES_MAX);
    }
}
