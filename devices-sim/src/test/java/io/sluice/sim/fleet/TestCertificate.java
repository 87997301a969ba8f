package io.sluice.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate for {@code localhost} that vouches for itself, made by the JDK's keytool. */
final class TestCertificate {
    static final String PASSWORD = "changeit";

    private TestCertificate() {}

    static Path create(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("key.p12");
        keytool(
                "-genkeypair -alias key -keyalg EC -groupname secp256r1 -validity 2 -dname CN=test -ext san=dns:localhost"
                        + " -ext bc=ca:true",
                store);
        return store;
    }

    static Path export(Path folder, Path store) throws IOException, InterruptedException {
        Path pem = folder.resolve("ca.pem");
        keytool("-exportcert -rfc -alias key -file " + pem, store);
        return pem;
    }

    private static void keytool(String arguments, Path store) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
