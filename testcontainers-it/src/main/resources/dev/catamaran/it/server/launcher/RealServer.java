package dev.catamaran.it.launcher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts a real server from its published modules. Its own main class lies in the console module,
 * which is published nowhere; what that one switches on is switched on here.
 */
@SpringBootApplication(scanBasePackages = {"com.alibaba.nacos", "dev.catamaran.it.launcher"})
@ServletComponentScan("com.alibaba.nacos")
@EnableScheduling
public class RealServer {

    public static void main(String[] args) {
        ParentWatch.start();
        OpenedDatabase.open();
        SpringApplication.run(RealServer.class, args);
    }
}
