package dev.slipway.gateway.passing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client sees of an answer's head: every line as the version wrote it, but for what concerns the version's
 * connection alone, and with the version's name and, for a new client, the cookie that keeps it on its side.
 */
public final class AnswerHead {
    /** Says which version answered. */
    public static final String VERSION_HEADER = "Slipway-Version";

    private static final String VERSION = VERSION_HEADER.toLowerCase(Locale.ROOT);
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UPGRADE_REQUIRED = 426;

    private AnswerHead() {}

    /** How the end of an answer's body is told. */
    public enum Framing {
        /** There is no body: 204, 304, or the answer to HEAD. What the head says of a length is about another answer. */
        NONE,
        /** There is no body, as the request was HEAD, and the answer to GET would come in chunks. */
        NONE_OF_CHUNKS,
        /** By its length. */
        LENGTH,
        /** In chunks. */
        CHUNKED,
        /** By the end of the connection. */
        CLOSE
    }

    /**
     * How the client is told where the body ends.
     *
     * @param head whether the request was HEAD
     * @param length whether the version told a length
     * @param chunked whether the version sends in chunks
     * @param chunksUnderstood whether the client speaks HTTP/1.1
     */
    public static Framing framing(boolean head, int status, boolean length, boolean chunked, boolean chunksUnderstood) {
        if (status == 204 || status == 304) {
            return Framing.NONE;
        }
        if (head) {
            return length || !chunksUnderstood ? Framing.NONE : Framing.NONE_OF_CHUNKS;
        }
        if (length && !chunked) {
            return Framing.LENGTH;
        }
        return chunksUnderstood ? Framing.CHUNKED : Framing.CLOSE;
    }

    /**
     * Writes the head for the client.
     *
     * @param version of the release that answered
     * @param cookie to set, if any
     */
    public static void edit(
            HeaderLines written,
            int status,
            Framing framing,
            String version,
            @Nullable String cookie,
            HeaderLines.Sink client) {
        Set<String> hop = written.ofThisConnection();
        boolean chunkedSaid = false;
        for (Map.Entry<CharSequence, CharSequence> line : written) {
            CharSequence name = line.getKey();
            if (status == SWITCHING_PROTOCOLS && HeaderLines.is(name, "connection")) {
                client.add(name, "Upgrade");
                continue;
            }
            if (staysHere(name, status) || (!hop.isEmpty() && named(hop, name))) {
                continue;
            }
            if (HeaderLines.is(name, "transfer-encoding")) {
                if (framing == Framing.LENGTH || framing == Framing.CLOSE) {
                    continue;
                }
                chunkedSaid = true;
            } else if (framing == Framing.CHUNKED && HeaderLines.is(name, "content-length")) {
                continue; // RFC 9112 section 6.3: chunks say more than a length beside them
            }
            client.add(name, line.getValue());
        }
        if ((framing == Framing.CHUNKED || framing == Framing.NONE_OF_CHUNKS) && !chunkedSaid) {
            client.add("Transfer-Encoding", "chunked");
        }
        client.add(VERSION_HEADER, version);
        if (cookie != null) {
            client.add("Set-Cookie", cookie);
        }
    }

    private static boolean staysHere(CharSequence name, int status) {
        return switch (name.length()) {
            case 7 -> status != UPGRADE_REQUIRED && status != SWITCHING_PROTOCOLS && HeaderLines.is(name, "upgrade");
            case 10 -> HeaderLines.is(name, "connection") || HeaderLines.is(name, "keep-alive");
            case 15 -> HeaderLines.is(name, VERSION);
            case 16 -> HeaderLines.is(name, "proxy-connection");
            case 18 -> HeaderLines.is(name, "proxy-authenticate");
            default -> false;
        };
    }

    private static boolean named(Set<String> hop, CharSequence name) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return hop.contains(lower)
                && !lower.equals("content-length")
                && !lower.equals("transfer-encoding")
                && !lower.equals("upgrade");
    }
}
