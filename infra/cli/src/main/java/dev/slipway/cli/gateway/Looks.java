package dev.slipway.cli.gateway;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.deployment.SecretCheck;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.contracts.validation.IssuesCheck;
import dev.slipway.demo.Gateways;
import java.util.List;
import java.util.stream.Collectors;

/** What services are asked to try before a release needs it. */
public final class Looks {
    private final GatewayClient gateway;

    public Looks(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** Whether people could be told by each channel now. */
    public List<ChannelCheck> channels(String token) {
        return List.of(GatewayClient.read(gateway.get("/api/v1/deliveries/channels", token), ChannelCheck[].class));
    }

    /** Whether programs of an environment could be started with these secrets now; nothing of them is shown. */
    public List<SecretCheck> secrets(String application, String environment, List<String> names, String token) {
        String asked =
                names.stream().map(name -> "name=" + Gateways.encode(name)).collect(Collectors.joining("&"));
        String path = "/api/v1/environments/%s/%s/secrets?%s"
                .formatted(Gateways.encode(application), Gateways.encode(environment), asked);
        return List.of(GatewayClient.read(gateway.get(path, token), SecretCheck[].class));
    }

    /**
     * Whether a tracker that gates ask can be asked now.
     *
     * @param look path and query by which the rehearsal says that it is asked
     */
    public IssuesCheck tracker(String application, String look, String token) {
        String own = Requests.applicationPath(application) + "/trackers?";
        if (!look.startsWith(own)) {
            throw new CommandFailed(ExitCode.FAILED, "a look at a tracker that is none: " + look);
        }
        return GatewayClient.read(gateway.get(look, token), IssuesCheck.class);
    }

    /** Whether hosts that gates ask can be reached now. */
    public List<HostCheck> hosts(String application, List<String> addresses, String token) {
        String asked = addresses.stream()
                .map(address -> "address=" + Gateways.encode(address))
                .collect(Collectors.joining("&"));
        return List.of(GatewayClient.read(
                gateway.get(Requests.applicationPath(application) + "/hosts?" + asked, token), HostCheck[].class));
    }
}
