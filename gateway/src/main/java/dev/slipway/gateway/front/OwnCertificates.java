package dev.slipway.gateway.front;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.springframework.boot.ssl.SslBundles;

/**
 * Trusts the very certificates that the front itself shows at the moment, whatever names they are for and whoever signed
 * them: with it this process reaches itself by an address that no certificate names.
 */
final class OwnCertificates extends X509ExtendedTrustManager {
    private final SslBundles bundles;
    private final Collection<String> names;

    private OwnCertificates(SslBundles bundles, Collection<String> names) {
        this.bundles = bundles;
        this.names = names;
    }

    /** @param names of the bundles that the front's certificates are in */
    static SSLContext context(SslBundles bundles, Collection<String> names) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OwnCertificates(bundles, names)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        for (String name : names) {
            KeyStore own = bundles.getBundle(name).getStores().getKeyStore();
            try {
                if (own != null && own.getCertificateAlias(chain[0]) != null) {
                    return;
                }
            } catch (KeyStoreException e) {
                throw new CertificateException(e);
            }
        }
        throw new CertificateException("This is not the front of this process");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Nobody comes in by this");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
