package dev.slipway.web.http2;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks in HTTP/2 in clear text by prior knowledge (RFC 9113 section 3.3), as most servers of gRPC must be asked. The JDK's
 * client begins in HTTP/1.1 and offers to change. Its one thread begins with the first question: who asks nobody in HTTP/2
 * pays nothing for it.
 */
public final class Http2Client implements AutoCloseable {
    private static final String TRACEPARENT = "traceparent";
    private static final ContentType GRPC = ContentType.create("application/grpc");
    /** By default a body waits for 100 (Continue), without end, and servers of gRPC never say it. */
    private static final HttpProcessor PLAIN = HttpProcessorBuilder.create()
            .addAll(H2RequestTargetHost.INSTANCE, H2RequestContent.INSTANCE)
            .build();

    private final Timeout connectWithin;
    private @Nullable H2MultiplexingRequester requester;
    private boolean closed;

    /**
     * An answer that is there, whole.
     *
     * @param body empty where it was not to be kept
     * @param type as its Content-Type says; empty if it says none
     * @param head the first line of each name, by names in lower case; empty where an answer is not spoken of so
     */
    public record Answer(int status, byte[] body, String type, Map<String, String> head) {
        public Answer {
            head = Map.copyOf(head);
        }

        /** Of whose head nothing else is told. */
        public Answer(int status, byte[] body, String type) {
            this(status, body, type, Map.of());
        }
    }

    public Http2Client(Duration connectWithin) {
        this.connectWithin = Timeout.of(connectWithin);
    }

    /**
     * Sends one GET.
     *
     * @param target whole, of scheme http
     * @param traceparent W3C trace context that the request belongs to, or null
     * @param bodyBytesMax a longer answer fails; 0 if the body is to be read and dropped, however long it is
     * @return fails where no whole answer came; cancelling it ends the request
     */
    public Future<Answer> get(URI target, @Nullable String traceparent, long bodyBytesMax) {
        BasicHttpRequest request = new BasicHttpRequest(Method.GET, target);
        return sent(request, traceparent, null, new WholeAnswer(bodyBytesMax));
    }

    /**
     * The same with further lines in its head.
     *
     * @param bodyBytesMax a longer answer fails; 0 if the body is to be read and dropped, however long it is
     * @param lines by their names, in lower case
     */
    public Future<Answer> get(URI target, long bodyBytesMax, Map<String, String> lines) {
        BasicHttpRequest request = new BasicHttpRequest(Method.GET, target);
        lines.forEach(request::addHeader);
        return sent(request, null, null, new WholeAnswer(bodyBytesMax));
    }

    /**
     * Sends one request of any method.
     *
     * @param method as it is written on the wire
     * @param lines of its head, by their names, its type among them
     * @param body null for none
     * @param bodyBytesMax a longer answer fails; 0 if the body is to be read and dropped, however long it is
     */
    public Future<Answer> send(
            String method, URI target, Map<String, String> lines, byte @Nullable [] body, long bodyBytesMax) {
        BasicHttpRequest request = new BasicHttpRequest(method, target);
        lines.forEach((name, value) -> request.addHeader(name.toLowerCase(Locale.ROOT), value));
        AsyncEntityProducer sent = body == null ? null : new BasicAsyncEntityProducer(body);
        return sent(request, null, sent, new WholeAnswer(bodyBytesMax));
    }

    /**
     * Asks gRPC's own health protocol. The answer's status is 200 where the service is served, 404 where the server does
     * not know it, 501 where it does not speak the protocol, and 503 or another one otherwise.
     *
     * @param base of the server; its path does not matter
     * @param service empty for the server as a whole
     */
    public Future<Answer> grpcHealth(URI base, String service, @Nullable String traceparent) {
        BasicHttpRequest request = new BasicHttpRequest(Method.POST, base.resolve(GrpcHealthCheck.PATH));
        request.addHeader("te", "trailers");
        return sent(
                request,
                traceparent,
                new BasicAsyncEntityProducer(GrpcHealthCheck.message(service), GRPC),
                new WholeAnswer(GrpcHealthCheck.ANSWER_BYTES_MAX, GrpcHealthCheck::answer));
    }

    private Future<Answer> sent(
            BasicHttpRequest request,
            @Nullable String traceparent,
            @Nullable AsyncEntityProducer body,
            AsyncResponseConsumer<Answer> answer) {
        if (traceparent != null) {
            request.addHeader(TRACEPARENT, traceparent);
        }
        return requester().execute(new BasicRequestProducer(request, body), answer, connectWithin, null);
    }

    private synchronized H2MultiplexingRequester requester() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        H2MultiplexingRequester known = requester;
        if (known == null) {
            known = H2MultiplexingRequesterBootstrap.bootstrap()
                    .setIOReactorConfig(IOReactorConfig.custom()
                            .setIoThreadCount(1)
                            .setTcpNoDelay(true)
                            .build())
                    .setHttpProcessor(PLAIN)
                    .setH2Config(H2Config.custom().setPushEnabled(false).build())
                    .create();
            known.start();
            requester = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (requester != null) {
            requester.close(CloseMode.IMMEDIATE);
        }
    }
}
