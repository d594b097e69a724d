package dev.slipway.bench;

import dev.slipway.bench.MessageReader.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the very fast version. The path says what it answers: {@code /bytes/N}, {@code /upload/N},
 * {@code /events/N}, {@code /ticks/MILLIS}, {@code /slow/MILLIS} and {@code /echo}; anything else is the API of a service.
 */
final class Serving extends ChannelInboundHandlerAdapter implements MessageReader.Heard {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    private static final Map<String, ByteBuf> ANSWERS = new HashMap<>(); // of the one thread that serves
    private static final byte[] UPLOADED = Pattern.bytes(1 << 20);
    private static final ByteBuf UPLOADED_BUFFER = Unpooled.wrappedBuffer(UPLOADED);

    private final MessageReader reader = new MessageReader(this);
    private final FrameReader frames = new FrameReader(this::echo);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> ticking;
    private String path = "";
    private long received;
    private boolean asSent;
    private boolean webSocket;

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        Future<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            reader.read(in);
        } catch (MessageReader.NotHttp | NumberFormatException wrong) {
            System.err.println("a request that is none: " + wrong.getMessage());
            var _ = here.close();
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext here) {
        here.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable broken) {
        var _ = here.close();
    }

    private ChannelHandlerContext here() {
        ChannelHandlerContext active = context;
        if (active == null) {
            throw new IllegalStateException("nothing was connected");
        }
        return active;
    }

    @Override
    public void head(Head head) {
        String text = head.text();
        int from = text.indexOf(' ') + 1;
        path = text.substring(from, text.indexOf(' ', from));
        received = 0;
        asSent = true;
        if (path.startsWith("/echo") && head.has("upgrade")) {
            var _ = here().writeAndFlush(
                            ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accept(head.value("sec-websocket-key")) + "\r\n\r\n"));
            webSocket = true;
            reader.raw();
        }
    }

    @Override
    public void body(ByteBuf in, int bytes) {
        if (webSocket) {
            frames.read(in, bytes);
            return;
        }
        if (asSent && path.startsWith("/upload/")) {
            asSent = received + bytes <= UPLOADED.length
                    && ByteBufUtil.equals(in, in.readerIndex(), UPLOADED_BUFFER, (int) received, bytes);
        }
        received += bytes;
    }

    @Override
    public void end() {
        String[] parts = path.split("[/?]", 4);
        int number = parts.length > 2 && parts[2].matches("\\d{1,9}") ? Integer.parseInt(parts[2]) : 0;
        switch (parts[1]) {
            case "bytes" -> {
                var _ = here().write(kept(path, () -> Pattern.bytes(number)), here().voidPromise());
            }
            case "upload" -> {
                boolean whole = asSent && received == number;
                byte[] body = whole
                        ? Pattern.received(number)
                        : ascii("received %d of %d bytes, or others than were sent".formatted(received, number))
                                .array();
                var _ = here().write(kept(path + whole, () -> body));
            }
            case "events" -> events(number);
            case "ticks" -> ticks(number);
            case "slow" -> {
                ByteBuf answer = kept("/bytes/1024", () -> Pattern.bytes(1_024));
                var _ = here().executor().schedule(() -> send(answer), number, TimeUnit.MILLISECONDS);
            }
            default -> {
                var _ = here().write(kept("api", () -> "{\"releases\":[]}".getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf kept(String name, java.util.function.Supplier<byte[]> body) {
        return ANSWERS.computeIfAbsent(name, _ -> whole(body.get())).retainedDuplicate();
    }

    private static ByteBuf whole(byte[] body) {
        String type = body.length > 0 && body[0] == '{' ? "application/json" : "application/octet-stream";
        byte[] head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(type, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(head.length + body.length)
                .writeBytes(head)
                .writeBytes(body));
    }

    private static byte[] chunk(byte[] bytes) {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        System.arraycopy(CRLF, 0, chunk, chunk.length - 2, 2);
        return chunk;
    }

    private void send(ByteBuf bytes) {
        var _ = here().writeAndFlush(bytes);
    }

    private void streamHead() {
        send(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }

    /** Each event is sent by itself, as one that happens would be. */
    private void events(int count) {
        streamHead();
        for (int i = 0; i < count; i++) {
            var _ = here().writeAndFlush(Unpooled.wrappedBuffer(chunk(Pattern.event(i))));
        }
        var _ = here().writeAndFlush(ascii("0\r\n\r\n"));
    }

    private void ticks(int millis) {
        streamHead();
        int[] number = {0};
        ticking = here().executor()
                .scheduleAtFixedRate(
                        () -> send(Unpooled.wrappedBuffer(chunk(Pattern.event(number[0]++)))),
                        0,
                        Math.max(1, millis),
                        TimeUnit.MILLISECONDS);
    }

    private void echo(int opcode, byte[] payload, int length) {
        if (opcode == FrameReader.TEXT_OR_BINARY) {
            byte[] message = java.util.Arrays.copyOf(payload, length);
            var _ = here().write(Unpooled.wrappedBuffer(FrameReader.binary(message, false)), here().voidPromise());
        } else if (opcode == FrameReader.CLOSE) {
            var _ = here().close();
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + WEB_SOCKET).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
