package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Announcing.Over;
import dev.slipway.contracts.policy.PageAddress.AtTag;
import dev.slipway.contracts.policy.PageAddress.Form;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of status pages and of releases at Git hosts: what is spoken there is told from them. */
class PageAddressTest {
    private static final Set<Form> ALL = Set.of(Form.values());

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://api.statuspage.io/v1/pages/kctbh9vrtdwd/incidents, STATUSPAGE, api.statuspage.io
            https://api.github.com/repos/team/shop,                    GITHUB,     api.github.com
            https://git.example.test/api/v3/repos/team/shop.js,        GITHUB,     git.example.test
            https://gitlab.example.test:8443/api/v4/projects/team%2Fshop, GITLAB,  gitlab.example.test:8443
            https://gitlab.com:443/api/v4/projects/42,                 GITLAB,     gitlab.com
            http://127.0.0.1:8080/v1/pages/p/incidents,                STATUSPAGE, 127.0.0.1:8080
            """)
    void the_path_says_what_is_spoken_at_the_host(String address, Form form, String host) {
        PageAddress page = PageAddress.of(address, ALL);

        assertThat(page.form()).isEqualTo(form);
        assertThat(page.host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.github.com/repos/team/shop",
                "https://me:secret@api.github.com/repos/team/shop",
                "https://api.github.com/repos/team/shop?per_page=1",
                "https://api.github.com/repos/team/shop#readme",
                "https://api.github.com/repos/team",
                "https://github.com/team/shop",
                "https:///repos/team/shop",
                "https://api.github.com/repos/../shop",
                "https://api.github.com/repos/team/%2e%2e",
                "ftp://api.github.com/repos/team/shop",
                "not an address",
                ""
            })
    void what_is_no_such_address_is_refused_with_one_that_is(String address) {
        assertThatThrownBy(() -> PageAddress.of(address, Set.of(Form.GITHUB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://api.github.com/repos/OWNER/NAME")
                .hasMessageNotContaining("GROUP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.github.com/repos/team/shop",
                "https://gitlab.example.test/api/v4/projects/team%2Fshop"
            })
    void a_release_is_found_again_by_the_address_of_its_tag(String project) {
        for (String tag : List.of("v1.2.0", "shop/v1.2.0+1 b", "releases/1")) {
            PageAddress page = PageAddress.of(project, ALL);

            assertThat(AtTag.of(page.at(tag))).isEqualTo(new AtTag(page, tag));
        }
    }

    @Test
    void what_is_of_no_tag_is_no_release() {
        assertThatThrownBy(() -> AtTag.of("https://api.github.com/repos/team/shop"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AtTag.of("https://api.github.com/repos/team/shop/releases/latest"))
                .hasMessageContaining("of no release by its tag");
    }

    @Test
    void an_announcement_goes_where_its_channel_can_be_put() {
        Announcing text = new Announcing(
                "text", Over.RELEASE_TEXT, List.of("https://api.github.com/repos/team/shop"), After.COMPLETED, null);
        assertThat(text.receivers("v1.2.0"))
                .containsExactly("https://api.github.com/repos/team/shop/releases/tags/v1.2.0");
        Announcing mail = new Announcing("users", Over.MAIL, List.of("users@example.test"), After.COMPLETED, null);
        assertThat(mail.receivers("v1.2.0")).containsExactly("users@example.test");

        assertThatThrownBy(() -> new Announcing("a", Over.STATUS_PAGE, List.of("#status"), After.COMPLETED, null))
                .hasMessageContaining("announcements.to must be an https: address such as https://api.statuspage.io/");
        assertThatThrownBy(() -> new Announcing("a", Over.RELEASE_TEXT, text.to(), After.ROLLED_BACK, null))
                .hasMessageContaining("has no tag");
    }
}
