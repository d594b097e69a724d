package dev.slipway.bench;

import dev.slipway.bench.MessageReader.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of a client: asks, compares the answer byte by byte, and asks again until the time is over. */
final class Asking extends ChannelInboundHandlerAdapter implements MessageReader.Heard {
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int SLOW_READ_EVERY_MILLIS = 1_000;
    private static final int REFUSAL_MAX = 300;

    private final Order order;
    private final Exchange exchange;
    private final Score score;
    private final Numbers numbers;
    private final Runnable whenClosed;
    private final MessageReader reader = new MessageReader(this);
    private final FrameReader frames = new FrameReader(this::echoed);
    private final ByteBuf request;
    private final @Nullable ByteBuf due;
    private final byte[] message;
    private final ByteBuf frame;
    private final StringBuilder refusal = new StringBuilder();
    private @Nullable ChannelHandlerContext context;
    private long since;
    private long received;
    private int status;
    private boolean waiting;
    private boolean same;
    private boolean explained;
    private boolean webSocket;
    private boolean last;

    /** Gives numbers that no other request has. */
    @FunctionalInterface
    interface Numbers {
        long next();
    }

    Asking(Order order, Exchange exchange, Score score, Numbers numbers, Runnable whenClosed) {
        this.order = order;
        this.exchange = exchange;
        this.score = score;
        this.numbers = numbers;
        this.whenClosed = whenClosed;
        this.request = exchange.numberAt() >= 0 ? Unpooled.EMPTY_BUFFER : direct(exchange.request());
        byte[] body = exchange.body();
        this.due = body == null ? null : Unpooled.wrappedBuffer(body);
        this.message = order.work() == Work.ECHO ? Pattern.bytes(order.size()) : new byte[0];
        this.frame = order.work() == Work.ECHO ? direct(FrameReader.binary(message, true)) : Unpooled.EMPTY_BUFFER;
    }

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        score.opened();
        ask();
        if (order.work() == Work.SLOW_READER) {
            readSlowly(active);
        }
    }

    private void readSlowly(ChannelHandlerContext active) {
        active.read();
        var _ = active.executor().schedule(() -> readSlowly(active), SLOW_READ_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        ChannelHandlerContext active = context;
        if (active == null || !active.channel().isActive()) {
            return;
        }
        since = System.nanoTime();
        waiting = true;
        if (webSocket) {
            var _ = active.writeAndFlush(frame.duplicate(), active.voidPromise());
        } else if (exchange.numberAt() < 0) {
            var _ = active.writeAndFlush(request.duplicate(), active.voidPromise());
        } else {
            byte[] numbered = exchange.request().clone();
            Exchange.write(numbers.next(), numbered, exchange.numberAt());
            var _ = active.writeAndFlush(Unpooled.wrappedBuffer(numbered), active.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object piece) {
        ByteBuf in = (ByteBuf) piece;
        try {
            reader.read(in);
        } catch (MessageReader.NotHttp wrong) {
            waiting = false;
            score.wrong(String.valueOf(wrong.getMessage()));
            var _ = here.close();
        } finally {
            in.release();
        }
    }

    @Override
    public void head(Head head) {
        status = head.status();
        received = 0;
        refusal.setLength(0);
        same = true;
        last = head.value("connection").equalsIgnoreCase("close");
        explained = status != SERVICE_UNAVAILABLE
                || (head.has("retry-after") && head.value("content-type").startsWith("application/problem+json"));
        if (status == 101 && exchange.status() == 101) {
            webSocket = true;
            reader.raw();
            ask();
        }
    }

    @Override
    public void body(ByteBuf in, int bytes) {
        if (webSocket) {
            frames.read(in, bytes);
            return;
        }
        if (order.work() == Work.TICKS && status == exchange.status()) {
            waiting = false;
            score.done(since, System.nanoTime());
            since = System.nanoTime();
        }
        if (status == SERVICE_UNAVAILABLE && refusal.length() < REFUSAL_MAX) {
            refusal.append(in.toString(in.readerIndex(), Math.min(bytes, REFUSAL_MAX), StandardCharsets.US_ASCII));
        }
        ByteBuf body = due;
        if (same && body != null && status == exchange.status()) {
            same = received + bytes <= body.writerIndex()
                    && ByteBufUtil.equals(in, in.readerIndex(), body, (int) received, bytes);
        }
        received += bytes;
    }

    @Override
    public void end() {
        if (webSocket) {
            return;
        }
        waiting = false;
        ByteBuf body = due;
        if (status == SERVICE_UNAVAILABLE && explained) {
            score.refused(refusal.toString());
        } else if (status != exchange.status()) {
            score.failed("status %d for %s".formatted(status, firstLine()));
        } else if (body != null && (!same || received != body.writerIndex())) {
            score.wrong(
                    "%d bytes, not the %d that were due, for %s".formatted(received, body.writerIndex(), firstLine()));
        } else {
            score.done(since, System.nanoTime());
        }
        next();
    }

    private void next() {
        ChannelHandlerContext active = context;
        if (active == null || order.work() == Work.IDLE || score.over(System.nanoTime())) {
            return;
        }
        if (last) { // as the answer has said; another connection takes this one's place
            var _ = active.close();
            return;
        }
        if (order.pauseMillis() > 0) {
            var _ = active.executor().schedule(this::ask, order.pauseMillis(), TimeUnit.MILLISECONDS);
        } else {
            ask();
        }
    }

    private void echoed(int opcode, byte[] payload, int length) {
        if (opcode != FrameReader.TEXT_OR_BINARY) {
            score.failed("a control frame %d".formatted(opcode));
            return;
        }
        waiting = false;
        if (java.util.Arrays.equals(payload, 0, length, message, 0, message.length)) {
            score.done(since, System.nanoTime());
        } else {
            score.wrong("an echo of %d bytes, not the %d that were sent".formatted(length, message.length));
        }
        next();
    }

    private String firstLine() {
        String text = new String(exchange.request(), StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\r'));
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        score.closed();
        boolean inTime = !score.over(System.nanoTime());
        if (waiting && inTime) {
            score.failed("the connection broke off during " + firstLine());
        } else if (order.work() == Work.TICKS && received > 0 && inTime) { // it never ends by itself
            score.failed("the stream broke off after %d bytes of %s".formatted(received, firstLine()));
        }
        waiting = false;
        whenClosed.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable broken) {
        var _ = here.close();
    }
}
