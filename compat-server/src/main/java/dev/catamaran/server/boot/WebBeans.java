package dev.catamaran.server.boot;

import dev.catamaran.server.member.MemberFilter;
import dev.catamaran.server.web.BesideRealServersFilter;
import dev.catamaran.server.web.BodyLimitFilter;
import dev.catamaran.server.web.StackTables;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The door for HTTP: who may enter, and with how much. */
@Configuration(proxyBeanMethods = false)
class WebBeans {

    @Bean
    FilterRegistrationBean<MemberFilter> memberFilter(ServerSettings settings) {
        FilterRegistrationBean<MemberFilter> bean =
                new FilterRegistrationBean<>(
                        new MemberFilter(
                                settings.members(),
                                settings.legacy().members(),
                                settings.planned(),
                                MemberBeans.identity(settings)));
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE);
        bean.setAsyncSupported(true);
        return bean;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter() {
        FilterRegistrationBean<BodyLimitFilter> bean =
                new FilterRegistrationBean<>(new BodyLimitFilter());
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        bean.setAsyncSupported(true);
        return bean;
    }

    /** 1.x clients send forms with PUT and DELETE too; the container reads only those of POST. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> formsOfAllMethods() {
        return factory ->
                factory.addConnectorCustomizers(
                        connector -> connector.setParseBodyMethods("POST,PUT,DELETE,PATCH"));
    }

    /** Registered in every case, in force only beside real servers. */
    @Bean
    FilterRegistrationBean<BesideRealServersFilter> besideRealServersFilter(
            ServerSettings settings) {
        FilterRegistrationBean<BesideRealServersFilter> bean =
                new FilterRegistrationBean<>(new BesideRealServersFilter(settings.realServers()));
        bean.setEnabled(!settings.realServers().isEmpty());
        bean.setAsyncSupported(true);
        return bean;
    }

    @Bean
    StackTables stackTables(Stacks stacks) {
        return new StackTables(stacks.byId());
    }
}
