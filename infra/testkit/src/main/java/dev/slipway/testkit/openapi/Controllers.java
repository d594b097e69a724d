package dev.slipway.testkit.openapi;

import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSecurityConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AuthorizationManagerWebInvocationPrivilegeEvaluator.HttpServletRequestTransformer;
import org.springframework.security.web.access.PathPatternRequestTransformer;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A service's controllers in a context of their own, as stubs: what they are made of does not matter here. */
final class Controllers {
    private Controllers() {}

    /**
     * What was found out about them.
     *
     * @param document by springdoc alone
     * @param patterns methods by path pattern, as Spring's own mapping has them
     * @param json what answers are written with
     */
    record Found(ObjectNode document, Map<String, Set<String>> patterns, JsonMapper json) {}

    /** Asks for the roles of method and path; see {@link #look}. */
    interface Access {
        /** The roles that are enough, without those that only imply another one of them. */
        List<String> roles(String method, String path);
    }

    /** @param completed is given what was found, and who may do what, while the context is open */
    static <T> T look(String basePackage, AccessRules rules, Function<Looked, T> completed) {
        Object[] result = new Object[1];
        runner(basePackage, rules).run(context -> {
            WebApplicationContext open = context.getSourceApplicationContext();
            Found found = new Found(document(open), patterns(open), open.getBean(JsonMapper.class));
            Set<String> shared = open.getBean(WireModels.class).sharedNames();
            if (!shared.isEmpty()) {
                throw new AssertionError("Records would share a name: " + shared);
            }
            result[0] = completed.apply(new Looked(found, access(open)));
        });
        @SuppressWarnings("unchecked") // put there above
        T value = (T) Objects.requireNonNull(result[0]);
        return value;
    }

    record Looked(Found found, Access access) {}

    private static WebApplicationContextRunner runner(String basePackage, AccessRules rules) {
        WebApplicationContextRunner runner = new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class,
                        SpringDocConfigProperties.class,
                        SpringDocConfiguration.class,
                        SpringDocSecurityConfiguration.class,
                        SpringDocWebMvcConfiguration.class,
                        MultipleOpenApiSupportConfiguration.class))
                .withUserConfiguration(Security.class)
                .withPropertyValues("springdoc.override-with-generic-response=false")
                .withBean(AccessRules.class, () -> rules)
                .withBean(WireModels.class);
        for (Class<?> controller : classes(basePackage)) {
            runner = withStub(runner, controller);
        }
        return runner;
    }

    private static <T> WebApplicationContextRunner withStub(WebApplicationContextRunner runner, Class<T> controller) {
        return runner.withBean(controller, () -> Mockito.mock(controller));
    }

    private static List<Class<?>> classes(String basePackage) {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return scan.findCandidateComponents(basePackage).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(
                        Objects.requireNonNull(found.getBeanClassName()), Controllers.class.getClassLoader()))
                .filter(found -> !found.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .contains("test-classes"))
                .toList();
    }

    private static ObjectNode document(WebApplicationContext context) throws IOException {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
        try {
            byte[] bytes = mvc.perform(MockMvcRequestBuilders.get("/v3/api-docs"))
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            return (ObjectNode) JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException broken) {
            throw broken;
        } catch (Exception broken) {
            throw new IllegalStateException("springdoc could not describe the controllers", broken);
        }
    }

    private static Map<String, Set<String>> patterns(WebApplicationContext context) {
        Map<String, Set<String>> patterns = new TreeMap<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/api"))
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> patterns.computeIfAbsent(pattern, _ -> new TreeSet<>())
                                        .add(method.name()))));
        return patterns;
    }

    private static Access access(WebApplicationContext context) {
        WebInvocationPrivilegeEvaluator evaluator = context.getBean(WebInvocationPrivilegeEvaluator.class);
        return (method, path) -> {
            String address = path.replaceAll("\\{\\w+}", "x");
            Set<Role> allowed = EnumSet.noneOf(Role.class);
            Arrays.stream(Role.values())
                    .filter(role -> evaluator.isAllowed("", address, method, token(role)))
                    .forEach(allowed::add);
            return allowed.stream()
                    .filter(role -> role.implied().stream().noneMatch(less -> less != role && allowed.contains(less)))
                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                    .toList();
        };
    }

    private static UsernamePasswordAuthenticationToken token(Role role) {
        @Nullable Object noCredentials = null;
        return UsernamePasswordAuthenticationToken.authenticated(
                "somebody",
                noCredentials,
                AuthorityUtils.createAuthorityList(
                        role.implied().stream().map(Role::name).toList()));
    }

    /** The service's own rules, and nothing else of its security. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Security {
        @Bean
        SecurityFilterChain rules(HttpSecurity http, AccessRules rules) throws Exception {
            return http.authorizeHttpRequests(requests -> {
                        rules.add(requests);
                        requests.anyRequest().denyAll();
                    })
                    .build();
        }

        /** The evaluator asks with a request that cannot say how it came. */
        @Bean
        HttpServletRequestTransformer plainRequests() {
            PathPatternRequestTransformer paths = new PathPatternRequestTransformer();
            return asked -> new HttpServletRequestWrapper(paths.transform(asked)) {
                @Override
                public DispatcherType getDispatcherType() {
                    return DispatcherType.REQUEST;
                }
            };
        }
    }
}
