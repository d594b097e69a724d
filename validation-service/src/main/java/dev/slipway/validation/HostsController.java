package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.validation.arrival.HostLook;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether hosts that a policy's gates ask can be reached, before a release asks them. For operators, as Slipway connects to them. */
@RestController
class HostsController {
    private final HostLook look;

    HostsController(HostLook look) {
        this.look = look;
    }

    @GetMapping("/api/v1/applications/{application}/hosts")
    List<HostCheck> hosts(@PathVariable String application, @RequestParam List<String> address)
            throws InterruptedException {
        String asked = new ApplicationName(application).value(); // refuses what is none
        Ranges.require("address: number of them for " + asked, address.size(), 1, HostCheck.ADDRESSES_MAX);
        address.forEach(each -> Texts.requireLength("address", each, 1, HostCheck.ADDRESS_CHARACTERS_MAX));
        return look.look(address.stream().distinct().toList());
    }
}
