package dev.slipway.gateway.addresses;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.gateway.front.FrontServer;
import dev.slipway.gateway.live.LiveTraffic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/front}: what people and tools need to name an application's address, as this gateway serves it. */
@RestController
class FrontAddresses {
    private final FrontServer front;
    private final LiveTraffic traffic;

    FrontAddresses(FrontServer front, LiveTraffic traffic) {
        this.front = front;
        this.traffic = traffic;
    }

    @GetMapping("/api/v1/front")
    FrontView front() {
        Map<String, List<String>> hosts = traffic.tables().environments().stream()
                .filter(environment ->
                        !traffic.tables().table(environment).orElseThrow().removed())
                .collect(Collectors.toMap(
                        EnvironmentId::toString,
                        environment -> traffic.hostNames().of(environment)));
        return new FrontView(front.port(), "https".equals(front.self().getScheme()), hosts);
    }
}
