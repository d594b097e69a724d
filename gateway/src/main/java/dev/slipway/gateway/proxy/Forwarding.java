package dev.slipway.gateway.proxy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands a request on to the URL that a filter chose ({@link #to}) by Spring Cloud Gateway's exchange and header filters.
 * Unlike its own handler this one keeps path and query exactly as they were sent and reads no parameters, so a form stays
 * a body. A failed connection or a timeout is a {@link org.springframework.web.client.ResourceAccessException}.
 */
public final class Forwarding implements HandlerFunction<ServerResponse> {
    private final ProxyExchange exchange;
    private final List<RequestHttpHeadersFilter> requestFilters;
    private final List<ResponseHttpHeadersFilter> responseFilters;

    public Forwarding(
            ProxyExchange exchange,
            List<RequestHttpHeadersFilter> requestFilters,
            List<ResponseHttpHeadersFilter> responseFilters) {
        this.exchange = exchange;
        this.requestFilters = List.copyOf(requestFilters);
        this.responseFilters = List.copyOf(responseFilters);
    }

    /**
     * Chooses where a request goes.
     *
     * @param address scheme, host, port and possibly a path that all of the server's paths begin with
     * @param rawPath as sent, with the leading slash
     */
    public static void to(ServerRequest request, URI address, String rawPath) {
        String base = address.toString();
        String query = request.servletRequest().getQueryString();
        String url = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + rawPath
                + (query == null ? "" : "?" + query);
        MvcUtils.setRequestUrl(request, URI.create(url));
    }

    @Override
    public ServerResponse handle(ServerRequest request) {
        URI url = (URI) request.attribute(MvcUtils.GATEWAY_REQUEST_URL_ATTR)
                .orElseThrow(() -> new IllegalStateException("No filter has chosen where the request goes"));
        HttpHeaders headers = requestHeaders(request);
        return exchange.exchange(exchange.request(request)
                .uri(url)
                .headers(headers)
                .responseConsumer((answer, response) ->
                        response.headers().putAll(filtered(responseFilters, answer.getHeaders(), response)))
                .build());
    }

    /** Without what concerns this connection alone; the host is the server's, set by the client. */
    private HttpHeaders requestHeaders(ServerRequest request) {
        HttpHeaders original = request.headers().asHttpHeaders();
        Set<String> named = original.getOrEmpty(HttpHeaders.CONNECTION).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        HttpHeaders headers = new HttpHeaders();
        filtered(requestFilters, original, request).forEach((name, values) -> {
            if (!named.contains(name.toLowerCase(Locale.ROOT))) {
                headers.addAll(name, values);
            }
        });
        headers.remove(HttpHeaders.HOST);
        headers.remove("Proxy-Connection");
        return headers;
    }

    private static <T> HttpHeaders filtered(
            List<? extends HttpHeadersFilter<T>> filters, HttpHeaders original, T about) {
        HttpHeaders headers = original;
        for (HttpHeadersFilter<T> filter : filters) {
            headers = filter.apply(headers, about);
        }
        return headers;
    }
}
