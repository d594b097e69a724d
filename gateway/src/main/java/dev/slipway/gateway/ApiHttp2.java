package dev.slipway.gateway;

import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * HTTP/2 for page and API: with TLS by ALPN, in clear text by prior knowledge. The upgrade that clients of HTTP/1.1 may offer
 * is passed over: Tomcat would keep the request's body for it and refuse a large one.
 */
@Configuration(proxyBeanMethods = false)
class ApiHttp2 {
    @Bean
    TomcatConnectorCustomizer http2() {
        return connector -> connector.addUpgradeProtocol(new WithoutUpgrade());
    }

    private static final class WithoutUpgrade extends Http2Protocol {
        @Override
        public boolean accept(Request request) {
            return false;
        }
    }
}
