package dev.slipway.web.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/** Takes one answer in, up to a bound. One thread's. */
final class WholeAnswer implements AsyncResponseConsumer<Http2Client.Answer> {
    private static final String GRPC_STATUS = "grpc-status";

    private final long bytesMax;
    private final Meaning meaning;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private String type = "";
    private final Map<String, String> head = new TreeMap<>();
    private @Nullable String callStatus;
    private @Nullable FutureCallback<Http2Client.Answer> whole;

    /** What an answer means, once it is there. */
    @FunctionalInterface
    interface Meaning {
        Http2Client.Answer of(int status, @Nullable String callStatus, byte[] body);
    }

    /** @param bytesMax 0 if the body is dropped */
    WholeAnswer(long bytesMax) {
        this.bytesMax = bytesMax;
        this.meaning = (status, _, body) -> new Http2Client.Answer(status, body, type, head);
    }

    WholeAnswer(long bytesMax, Meaning meaning) {
        this.bytesMax = bytesMax;
        this.meaning = meaning;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Http2Client.Answer> completed) {
        status = response.getCode();
        Header said = response.getFirstHeader("content-type");
        type = said == null ? "" : said.getValue();
        for (Header line : response.getHeaders()) {
            if (line.getValue() != null) {
                head.putIfAbsent(line.getName().toLowerCase(Locale.ROOT), line.getValue());
            }
        }
        Header ended = response.getFirstHeader(GRPC_STATUS);
        callStatus = ended == null ? null : ended.getValue();
        whole = completed;
        if (entity == null) {
            end();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // no answer yet
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer piece) throws IOException {
        if (bytesMax > 0 && body.size() + piece.remaining() > bytesMax) {
            tooLong();
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        if (bytesMax > 0) {
            body.writeBytes(bytes);
        }
    }

    /** Whoever asked hears why; the rest is not read. */
    private void tooLong() throws IOException {
        String why = "the answer has more than %d bytes".formatted(bytesMax);
        FutureCallback<Http2Client.Answer> completed = whole;
        if (completed != null) {
            completed.failed(new IOException(why));
        }
        throw new H2StreamResetException(H2Error.CANCEL, why);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (trailers != null) {
            for (Header line : trailers) {
                callStatus = line.getName().equalsIgnoreCase(GRPC_STATUS) ? line.getValue() : callStatus;
            }
        }
        end();
    }

    private void end() {
        FutureCallback<Http2Client.Answer> completed = whole;
        if (completed != null) {
            completed.completed(meaning.of(status, callStatus, body.toByteArray()));
        }
    }

    @Override
    public void failed(Exception cause) {
        // whoever asked hears it from the future
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
