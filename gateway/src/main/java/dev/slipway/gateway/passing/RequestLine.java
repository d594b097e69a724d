package dev.slipway.gateway.passing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for and of whom.
 *
 * @param target path and query as they were sent, each byte one character below 256 read as UTF-8 where it is UTF-8
 * @param host to be called instead of the one that the head names; null where that one is right
 * @param refusal why the request cannot be understood; null if it can
 */
public record RequestLine(
        String target, @Nullable String host, @Nullable Refusal refusal) {
    /**
     * Reads a request's target.
     *
     * @param sent as it came, each byte one character
     * @param hosts the values of {@code Host}
     * @param old whether the client speaks HTTP/1.0, which needs no host
     */
    public static RequestLine of(String sent, List<String> hosts, boolean old) {
        if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
            return refused(Refusal.AMBIGUOUS_HOST);
        }
        if (!hosts.isEmpty() && !isHost(hosts.getFirst())) {
            return refused(Refusal.AMBIGUOUS_HOST);
        }
        if (!isPrintable(sent)) {
            return refused(Refusal.MALFORMED);
        }
        if (sent.startsWith("/") || sent.equals("*")) {
            return new RequestLine(readable(sent), null, null);
        }
        return absolute(sent);
    }

    /** A target that names its host, as sent to a proxy: that host is meant, whatever the head says. */
    private static RequestLine absolute(String sent) {
        String lower = sent.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (start < 0) {
            return refused(Refusal.MALFORMED);
        }
        int end = start;
        while (end < sent.length() && "/?#".indexOf(sent.charAt(end)) < 0) {
            end++;
        }
        String host = sent.substring(start, end);
        if (host.isEmpty() || !isHost(host)) {
            return refused(Refusal.AMBIGUOUS_HOST);
        }
        String rest = sent.substring(end);
        return new RequestLine(readable(rest.startsWith("/") ? rest : "/" + rest), host, null);
    }

    private static RequestLine refused(Refusal refusal) {
        return new RequestLine("", null, refusal);
    }

    /** A target as HTTP/2 carries it: what is beyond ASCII is encoded. */
    public static String ascii(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) >= 0x80) {
                return encoded(target.getBytes(StandardCharsets.UTF_8));
            }
        }
        return target;
    }

    private static boolean isHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && ".-_:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) <= ' ' || sent.charAt(i) == 0x7f) {
                return false;
            }
        }
        return !sent.isEmpty();
    }

    /** What is UTF-8 is written as it came; what is not could not be, so its bytes are encoded. */
    private static String readable(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) >= 0x80) {
                return decoded(sent.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return sent;
    }

    private static String decoded(byte[] sent) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sent))
                    .toString();
        } catch (CharacterCodingException otherBytes) {
            return encoded(sent);
        }
    }

    private static String encoded(byte[] bytes) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : bytes) {
            if (b < 0) {
                encoded.append("%%%02X".formatted(b & 0xff));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }
}
