package dev.slipway.gateway.proxy;

import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The JDK's HTTP client below Spring Cloud Gateway's exchange. */
public final class Clients {
    private static final String KEEP_ALIVE_PROPERTY = "jdk.httpclient.keepalive.timeout";

    private Clients() {}

    /**
     * A client that follows no redirect and speaks HTTP/1.1.
     *
     * @param keepAlive how long an idle connection is kept; shorter than servers keep theirs, so that a request does not
     *     meet one that is just being closed. The JDK has it per process: the first call counts
     */
    public static HttpClient client(Duration connectWithin, Duration keepAlive, Executor executor) {
        if (System.getProperty(KEEP_ALIVE_PROPERTY) == null) {
            System.setProperty(KEEP_ALIVE_PROPERTY, Long.toString(keepAlive.toSeconds()));
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectWithin)
                .executor(executor)
                .build();
    }

    /**
     * An exchange that leaves bodies as they are; the whole answer must come within the given time.
     *
     * @param observations measures each request and hands the trace on with it ({@code traceparent})
     */
    public static ProxyExchange exchange(
            HttpClient client,
            Executor executor,
            Duration answerWithin,
            GatewayMvcProperties properties,
            ObservationRegistry observations) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client, executor);
        requests.setReadTimeout(answerWithin);
        requests.enableCompression(false);
        return new RestClientProxyExchange(
                RestClient.builder()
                        .requestFactory(requests)
                        .observationRegistry(observations)
                        .build(),
                properties);
    }
}
