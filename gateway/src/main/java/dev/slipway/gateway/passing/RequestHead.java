package dev.slipway.gateway.passing;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.traffic.TrafficTable;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a version sees of a request's head: every line as it was sent and where it was sent, but for what concerns the
 * client's connection alone, our own cookie, a token of Slipway's own that someone sent here by mistake (the application
 * may have tokens of its own), and what others could say in our name: the probe mark and how the version is reached.
 */
public final class RequestHead {
    /** The cookie that keeps a client on its side. */
    public static final String COOKIE = "slipway-client";

    private static final String BEARER = "bearer ";
    private static final String PROBE = TrafficTable.PROBE_HEADER.toLowerCase(Locale.ROOT);
    private static final Pattern TRACE = Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final String NO_TRACE = "00000000000000000000000000000000";
    private static final String NO_SPAN = "0000000000000000";

    private static final Set<String> NOT_AFTER_A_BODY = Set.of(
            "authorization",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "max-forwards",
            "traceparent",
            "trailer",
            "transfer-encoding");

    private RequestHead() {}

    /**
     * How the request came in.
     *
     * @param issuer who makes Slipway's tokens
     * @param probe whether it is one of our own probes
     * @param host what the client called us; null where it did not say
     * @param scheme {@code http} or {@code https}
     * @param client its address
     * @param prefix what was taken off the path; empty if nothing was
     * @param trace what a request without a usable trace begins
     * @param kept what of the lines of the connection goes on
     */
    public record Way(
            String issuer,
            boolean probe,
            @Nullable String host,
            String scheme,
            String client,
            String prefix,
            String trace,
            Kept kept) {
        /** Of a request that asks for nothing of its connection. */
        public Way(
                String issuer,
                boolean probe,
                @Nullable String host,
                String scheme,
                String client,
                String prefix,
                String trace) {
            this(issuer, probe, host, scheme, client, prefix, trace, Kept.NOTHING);
        }
    }

    /** What of the lines that concern the client's connection alone is asked of the version too. */
    public enum Kept {
        NOTHING,
        /** The upgrade to a WebSocket. */
        UPGRADE,
        /** {@code TE: trailers}, which gRPC demands and HTTP/2 knows. */
        TRAILERS
    }

    /** Writes the head for the version. */
    public static void edit(HeaderLines sent, Way way, HeaderLines.Sink version) {
        Set<String> hop = sent.ofThisConnection();
        boolean traced = false;
        for (Map.Entry<CharSequence, CharSequence> line : sent) {
            CharSequence name = line.getKey();
            CharSequence value = line.getValue();
            if (goesOn(way.kept(), name, value, version)) {
                continue;
            }
            if (staysHere(name) || (!hop.isEmpty() && named(hop, name))) {
                continue;
            }
            if (HeaderLines.is(name, "cookie")) {
                String others = Cookies.without(value.toString(), COOKIE);
                if (!others.isEmpty()) {
                    version.add(name, others);
                }
            } else if (HeaderLines.is(name, "traceparent")) {
                if (!traced && isTrace(value)) {
                    traced = true;
                    version.add(name, value);
                }
            } else if (!HeaderLines.is(name, "authorization") || !isOurToken(value.toString(), way.issuer())) {
                version.add(name, value);
            }
        }
        ours(way, traced, version);
    }

    /**
     * Hands on the lines that follow a body. What says whom a message is for, who sends it, where it ends or how it is to be
     * read says nothing there (RFC 9110 section 6.5.1) and stays here, like what stays of a head.
     */
    public static void trailers(HeaderLines sent, HeaderLines.Sink version) {
        for (Map.Entry<CharSequence, CharSequence> line : sent) {
            CharSequence name = line.getKey();
            if (!staysHere(name) && !NOT_AFTER_A_BODY.contains(name.toString().toLowerCase(Locale.ROOT))) {
                version.add(name, line.getValue());
            }
        }
    }

    private static boolean goesOn(Kept kept, CharSequence name, CharSequence value, HeaderLines.Sink version) {
        switch (kept) {
            case UPGRADE -> {
                if (HeaderLines.is(name, "upgrade")) {
                    version.add(name, value);
                    return true;
                }
                if (HeaderLines.is(name, "connection")) {
                    version.add(name, "Upgrade");
                    return true;
                }
            }
            case TRAILERS -> {
                if (HeaderLines.is(name, "te")
                        && value.toString().toLowerCase(Locale.ROOT).contains("trailers")) {
                    version.add(name, "trailers");
                    return true;
                }
            }
            case NOTHING -> {}
        }
        return false;
    }

    private static void ours(Way way, boolean traced, HeaderLines.Sink version) {
        if (way.host() != null) {
            version.add("X-Forwarded-Host", way.host());
        }
        version.add("X-Forwarded-Proto", way.scheme());
        version.add("X-Forwarded-For", way.client());
        if (!way.prefix().isEmpty()) {
            version.add("X-Forwarded-Prefix", way.prefix());
        }
        if (!traced) {
            version.add("traceparent", way.trace());
        }
        if (way.probe()) {
            version.add(TrafficTable.PROBE_HEADER, "1");
        }
    }

    /** Told apart by length first, because nearly every line is none of these. */
    private static boolean staysHere(CharSequence name) {
        return switch (name.length()) {
            case 2 -> HeaderLines.is(name, "te");
            case 7 -> HeaderLines.is(name, "upgrade");
            case 9 -> HeaderLines.is(name, "forwarded");
            case 10 -> HeaderLines.is(name, "connection") || HeaderLines.is(name, "keep-alive");
            case 13 -> HeaderLines.is(name, PROBE);
            case 16 -> HeaderLines.is(name, "proxy-connection") || forwarded(name);
            case 19 -> HeaderLines.is(name, "proxy-authorization") || forwarded(name);
            default -> forwarded(name);
        };
    }

    private static boolean forwarded(CharSequence name) {
        return name.length() > 12 && HeaderLines.startsWith(name, "x-forwarded-");
    }

    /** Whom the message is for and where it ends are no connection's own, whatever a client says. */
    private static boolean named(Set<String> hop, CharSequence name) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return hop.contains(lower)
                && !lower.equals("host")
                && !lower.equals("content-length")
                && !lower.equals("transfer-encoding");
    }

    private static boolean isTrace(CharSequence value) {
        return TRACE.matcher(value).matches()
                && !value.subSequence(3, 35).toString().equals(NO_TRACE)
                && !value.subSequence(36, 52).toString().equals(NO_SPAN);
    }

    /** Not verified: whatever claims to be a token of ours is kept back. */
    private static boolean isOurToken(String authorization, String issuer) {
        if (!HeaderLines.startsWith(authorization, BEARER)) {
            return false;
        }
        String[] parts = authorization.substring(BEARER.length()).strip().split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return issuer.equals(WireJson.mapper().readTree(claims).path("iss").asString(""));
        } catch (IllegalArgumentException | JacksonException notOurs) {
            return false;
        }
    }
}
