package dev.slipway.gateway.passing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the front itself says about and in a WebSocket (RFC 6455). */
public final class WebSockets {
    private static final int CLOSE_WHOLE = 0x88;
    private static final int MASKED = 0x80;
    private static final short GOING_AWAY = 1001;
    private static final byte[] WHY = "this version no longer serves".getBytes(StandardCharsets.US_ASCII);

    private WebSockets() {}

    /**
     * Whether a request asks for a WebSocket.
     *
     * @param upgrade value of the header of that name, null if there is none
     * @param ofThisConnection the names that {@code Connection} lists, in lower case
     */
    public static boolean isAskedFor(String method, @Nullable String upgrade, Set<String> ofThisConnection) {
        return upgrade != null
                && method.equals("GET")
                && upgrade.strip().equalsIgnoreCase("websocket")
                && ofThisConnection.contains("upgrade");
    }

    /**
     * A Close frame that says 1001, going away.
     *
     * @param mask with what the payload is masked, as it must be on the way to a server; null on the way to a client
     */
    public static byte[] goingAway(@Nullable Integer mask) {
        byte[] payload = ByteBuffer.allocate(2 + WHY.length)
                .putShort(GOING_AWAY)
                .put(WHY)
                .array();
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length).put((byte) CLOSE_WHOLE);
        if (mask == null) {
            frame.put((byte) payload.length).put(payload);
        } else {
            byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
            frame.put((byte) (MASKED | payload.length)).put(key);
            for (int i = 0; i < payload.length; i++) {
                frame.put((byte) (payload[i] ^ key[i % key.length]));
            }
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
