package dev.slipway.gateway.passing;

/**
 * What the front answers itself, told as a problem (RFC 9457). The texts are fixed but for the version's number: nothing of
 * a request is repeated, and no inner address is named.
 *
 * @param code stable, kebab-case; becomes the end of the type URI
 * @param detail what was wrong and what to do next
 * @param closes whether the connection cannot go on, because it is not clear where the next request begins
 */
public record Refusal(int status, String code, String detail, boolean closes) {
    private static final String AGAIN = " Try again later.";

    public static final Refusal MALFORMED =
            closing(400, "malformed-request", "The request is not well-formed HTTP. Send it again in a plain form.");
    public static final Refusal AMBIGUOUS_LENGTH = closing(
            400,
            "ambiguous-length",
            "Where the request ends could be read in two ways. Send either one Content-Length or Transfer-Encoding: chunked.");
    public static final Refusal AMBIGUOUS_HOST = closing(
            400,
            "ambiguous-host",
            "The request names no host or more than one, or none that can be. Send one line Host.");
    public static final Refusal LINE_TOO_LONG =
            closing(414, "target-too-long", "The request's path and query are too long. Send less in them.");
    public static final Refusal HEADERS_TOO_LARGE = closing(
            431, "headers-too-large", "The request's headers are too large, cookies included. Send less in them.");
    public static final Refusal NO_TUNNELS = closing(
            501,
            "method-not-implemented",
            "CONNECT asks for a tunnel, and there are none here. Send the request itself.");
    public static final Refusal VERSION_NOT_SUPPORTED =
            closing(505, "http-version-not-supported", "This version of HTTP is not spoken here. Use HTTP/1.1.");
    public static final Refusal LEADS_ELSEWHERE = open(
            400,
            "ambiguous-request",
            "The path could lead out of its prefix and is refused: it may hold no segment . or .., encoded or not. "
                    + "Send it in its plain form, or call the application by its host name.");
    public static final Refusal UNKNOWN = open(
            404,
            "unknown-environment",
            "No application has this host name here, and the path is not /apps/{application}/{environment}/..., "
                    + "the environment staging or production. See ./slipway app open for an application's address.");
    public static final Refusal BODY_TOO_LARGE = open(
            413,
            "body-too-large",
            "The body is larger than the application takes (traffic.bodyMax in its policy). Send less.");
    public static final Refusal TABLES_UNREAD =
            unavailable("tables-unread", "is not known here yet, because this gateway has just started");
    public static final Refusal NO_TABLE =
            unavailable("no-traffic-table", "has no version yet, as far as is known here");
    public static final Refusal NOTHING_SERVES = unavailable("nothing-serves", "has no version that may serve");
    public static final Refusal COMING_BACK = unavailable(
            "coming-back", "has a version that is being started again, because Slipway or its machine was stopped");
    public static final Refusal NOT_CONFIRMED = unavailable(
            "not-confirmed",
            "has no verified version, and since this gateway started nobody has confirmed its first one");
    public static final Refusal BUSY = unavailable(
            "traffic-busy", "has as many requests under way as it takes (traffic.inFlightMax in its policy)");
    public static final Refusal NO_WEB_SOCKET = open(
            501,
            "web-socket-not-supported",
            "This version is spoken to by HTTP/2 (http2 in its policy), over which no WebSocket goes here. "
                    + "Use server-sent events or a stream of gRPC.");
    public static final Refusal TOO_MANY_WEB_SOCKETS = unavailable(
            "web-sockets-busy", "has as many WebSockets open as this gateway keeps (slipway.front.web-sockets.max)");

    private static Refusal closing(int status, String code, String detail) {
        return new Refusal(status, code, detail, true);
    }

    private static Refusal open(int status, String code, String detail) {
        return new Refusal(status, code, detail, false);
    }

    private static Refusal unavailable(String code, String what) {
        return open(503, code, "This environment " + what + "." + AGAIN);
    }

    /** Whether the client is told when to try again. */
    public boolean retry() {
        return status == 503;
    }

    /** The document; its texts hold nothing that needs escaping. */
    public String json() {
        return "{\"type\":\"urn:slipway:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(code, code.replace('-', ' '), status, detail);
    }
}
