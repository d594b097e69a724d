package dev.slipway.gateway.front;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The live split as Spring Cloud Gateway's filter: takes the native request and ends the chain. */
final class SplitFilter implements GlobalFilter {
    private final Reception reception;

    SplitFilter(Reception reception) {
        this.reception = reception;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return reception.receive(
                ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()),
                ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()));
    }
}
