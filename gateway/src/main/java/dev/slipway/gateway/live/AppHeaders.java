package dev.slipway.gateway.live;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.split.AppPath;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;

/**
 * What a version sees of the request's headers: not our cookie, not a token of Slipway's own that someone sent here by
 * mistake (the application may have tokens of its own), our probes marked and nothing else, and how it is reached from outside.
 */
final class AppHeaders implements RequestHttpHeadersFilter {
    private static final String BEARER = "bearer ";
    private static final String IS_PROBE = "1";

    private final String issuer;
    private final ProbeMark mark;

    /**
     * A filter of headers.
     *
     * @param issuer who makes Slipway's tokens
     * @param mark of our own probes
     */
    AppHeaders(String issuer, ProbeMark mark) {
        this.issuer = issuer;
        this.mark = mark;
    }

    @Override
    public HttpHeaders apply(HttpHeaders input, ServerRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(input);
        if (headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream().anyMatch(this::isOurToken)) {
            headers.remove(HttpHeaders.AUTHORIZATION);
        }
        withoutOurCookie(headers);
        probe(headers);
        forwarded(headers, request);
        return headers;
    }

    private void probe(HttpHeaders headers) {
        boolean ours = mark.isOn(headers.getOrEmpty(TrafficTable.PROBE_HEADER));
        headers.remove(TrafficTable.PROBE_HEADER);
        if (ours) {
            headers.set(TrafficTable.PROBE_HEADER, IS_PROBE);
        }
    }

    private static void withoutOurCookie(HttpHeaders headers) {
        List<String> cookies = headers.getOrEmpty(HttpHeaders.COOKIE);
        if (cookies.stream().noneMatch(line -> line.contains(Visitor.COOKIE))) {
            return;
        }
        String others = cookies.stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty() && !cookie.startsWith(Visitor.COOKIE + "="))
                .collect(Collectors.joining("; "));
        headers.remove(HttpHeaders.COOKIE);
        if (!others.isEmpty()) {
            headers.set(HttpHeaders.COOKIE, others);
        }
    }

    /** What came from outside under these names has been dropped by the gateway's own filters. */
    private static void forwarded(HttpHeaders headers, ServerRequest request) {
        String host = request.headers().firstHeader(HttpHeaders.HOST);
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
        }
        headers.set("X-Forwarded-Proto", request.servletRequest().getScheme());
        headers.set("X-Forwarded-For", request.servletRequest().getRemoteAddr());
        AppPath.parse(request.servletRequest().getRequestURI())
                .ifPresent(path -> headers.set("X-Forwarded-Prefix", path.prefix()));
    }

    /** Not verified: whatever claims to be a token of ours is kept back. */
    private boolean isOurToken(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
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
