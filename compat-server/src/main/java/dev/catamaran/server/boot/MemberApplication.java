package dev.catamaran.server.boot;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The Spring application around one member, with only the parts of Boot that it uses. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@Import({MemberBeans.class, StackBeans.class, TransitionBeans.class, WebBeans.class})
@ComponentScan(
        basePackages = {"dev.catamaran.server.web", "dev.catamaran.server.ops"},
        useDefaultFilters = false,
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.ANNOTATION,
                        classes = {RestController.class, RestControllerAdvice.class}))
class MemberApplication {

    private static final Logger LOG = LoggerFactory.getLogger(MemberApplication.class);

    /**
     * Starts a member.
     *
     * @param settings what it was told
     * @param ready what the checks found
     * @param startedNanos when the process began its work
     * @param onClosed told when everything has stopped
     * @return whether it runs; a failure has been reported
     */
    static boolean run(
            ServerSettings settings,
            StartChecks.Outcome.Ready ready,
            long startedNanos,
            Runnable onClosed) {
        try {
            start(settings, ready, startedNanos, onClosed);
            return true;
        } catch (RuntimeException reported) {
            // the framework has told it, by a failure analyzer or in full
            return false;
        }
    }

    /** Starts a member; throws what went wrong after it was reported. */
    static ConfigurableApplicationContext start(
            ServerSettings settings,
            StartChecks.Outcome.Ready ready,
            long startedNanos,
            Runnable onClosed) {
        SpringApplication application = new SpringApplication(MemberApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(
                context -> {
                    ready.notes().forEach(LOG::info);
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(ServerSettings.class, () -> settings);
                    beans.registerBean(StartChecks.Outcome.Ready.class, () -> ready);
                    beans.registerBean(StartTime.class, () -> new StartTime(startedNanos));
                });
        application.addListeners((ApplicationListener<ContextClosedEvent>) event -> onClosed.run());
        return application.run();
    }

    /**
     * When this process began its work.
     *
     * @param nanos on the clock of {@link System#nanoTime()}
     */
    record StartTime(long nanos) {}

    private static Map<String, Object> properties(ServerSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.ip());
        properties.put("server.port", settings.port());
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "3s");
        // keys of a batch of 50 services travel in one URL (spec: legacy-raft 9.3)
        properties.put("server.max-http-request-header-size", "64KB");
        properties.put("server.tomcat.max-http-form-post-size", "4MB");
        properties.put("server.tomcat.threads.max", "64");
        properties.put("server.tomcat.threads.min-spare", "4");
        properties.put("server.tomcat.max-connections", "4096");
        properties.put("server.tomcat.accept-count", "256");
        properties.put("spring.mvc.async.request-timeout", "15s");
        properties.put("spring.mvc.formcontent.filter.enabled", "false");
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("spring.jmx.enabled", "false");
        properties.put(
                "logging.file.name", settings.home().resolve("logs/catamaran.log").toString());
        properties.put(
                "logging.pattern.console", "%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%wEx");
        properties.put(
                "logging.pattern.file",
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0} %msg%n%wEx");
        properties.put("logging.logback.rollingpolicy.max-file-size", "50MB");
        properties.put("logging.logback.rollingpolicy.max-history", "5");
        properties.put("logging.level.org", "warn");
        // what JRaft warns of at every start and election is no news to an operator
        properties.put("logging.level.com.alipay", "error");
        properties.put("logging.level.com.google.protobuf", "error");
        properties.put("logging.level.io.grpc", "warn");
        // a peer that is killed ends hundreds of streams at once; jraft says what it means
        properties.put(
                "logging.level.io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler", "off");
        // tells again what its callers are told by the failed call
        properties.put("logging.level.org.apache.hc.client5.http.impl.async", "off");
        return properties;
    }
}
