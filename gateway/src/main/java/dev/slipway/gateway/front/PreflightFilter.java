package dev.slipway.gateway.front;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Hides from Spring that a request is OPTIONS: it would answer CORS preflights itself, and they are the application's. The
 * native request, which is what is handed on, stays what it is.
 */
final class PreflightFilter implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return HttpMethod.OPTIONS.equals(request.getMethod())
                ? chain.filter(exchange.mutate().request(new Plain(request)).build())
                : chain.filter(exchange);
    }

    private static final class Plain extends ServerHttpRequestDecorator {
        private Plain(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public HttpMethod getMethod() {
            return HttpMethod.GET;
        }
    }
}
