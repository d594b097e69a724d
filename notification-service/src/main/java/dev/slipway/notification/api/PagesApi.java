package dev.slipway.notification.api;

import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.notification.page.PageLook;
import dev.slipway.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether announcements could be put on a page, before there are any. For operators, as it shows what their tokens see. */
@RestController
class PagesApi {
    private final PageLook look;

    PagesApi(PageLook look) {
        this.look = look;
    }

    @GetMapping("/api/v1/deliveries/pages")
    PageCheck page(@RequestParam String address) throws Exception {
        int characters = address.codePointCount(0, address.length());
        if (characters < 1 || characters > PageCheck.ADDRESS_CHARACTERS_MAX) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-page",
                    "The address of a page has 1 to %d characters, this one has %d: ?address=https://api.github.com/repos/OWNER/NAME"
                            .formatted(PageCheck.ADDRESS_CHARACTERS_MAX, characters));
        }
        return look.at(address);
    }
}
