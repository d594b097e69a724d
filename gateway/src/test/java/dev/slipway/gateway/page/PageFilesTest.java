package dev.slipway.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class PageFilesTest {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    @Test
    void no_file_of_the_page_names_another_host() {
        files().forEach((name, text) -> assertThat(text.replace(SVG_NAMESPACE, ""))
                .as(name)
                .doesNotContainPattern("[a-z]+://|[\"'(]//|@import|url\\("));
    }

    @Test
    void no_script_turns_a_text_into_markup_or_code() {
        List<String> sinks = List.of(
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "setHTML",
                "createContextualFragment",
                "DOMParser",
                "document.write",
                "eval(",
                "new Function",
                "import(",
                "srcdoc",
                "javascript:",
                ".style",
                "localStorage",
                "document.cookie");

        files().forEach((name, text) -> {
            if (name.endsWith(".js")) {
                assertThat(text).as(name).doesNotContain(sinks);
            }
        });
    }

    @Test
    void only_one_file_makes_elements() {
        files().forEach((name, text) -> {
            if (name.endsWith(".js") && !name.equals("dom.js")) {
                assertThat(text).as(name).doesNotContain("createElement", "setAttribute", "createTextNode");
            }
        });
    }

    @Test
    void the_document_holds_no_script_style_or_handler_of_its_own() {
        String document = files().getOrDefault("index.html", "");

        assertThat(document).contains("<script type=\"module\" src=\"page/app.js\"></script>");
        assertThat(document).doesNotContainPattern("<script(?! type=\"module\" src=)|<style|\\son[a-z]+=|\\sstyle=");
    }

    @Test
    void every_import_and_every_link_leads_to_a_file_that_is_there() {
        Map<String, String> files = files();
        Pattern imported = Pattern.compile("from '\\./([a-z]+\\.js)'");
        Pattern linked = Pattern.compile("(?:src|href)=\"page/([a-z]+\\.[a-z]+)\"");

        List<String> named = files.values().stream()
                .flatMap(text -> java.util.stream.Stream.of(imported, linked)
                        .flatMap(pattern -> pattern.matcher(text).results()))
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(files.keySet()).containsAll(named);
    }

    @Test
    void a_tag_changes_with_the_content_alone() {
        assertThat(ContentTags.of(text("one"))).hasSize(32).isEqualTo(ContentTags.of(text("one")));
        assertThat(ContentTags.of(text("one"))).isNotEqualTo(ContentTags.of(text("two")));
    }

    private static Resource text(String content) {
        return new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> files() {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        Map<String, String> files = new TreeMap<>();
        try {
            for (Resource file : resolver.getResources("classpath:/static/**/*.*")) {
                files.put(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files.keySet()).containsAll(Arrays.asList("index.html", "app.js", "page.css", "favicon.svg"));
        return files;
    }
}
