package io.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The rooms and the arrows between them, as {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Which rooms a room may know, besides itself. A room that is not listed here is no room. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("telemetry", Set.of()),
            Map.entry("senml", Set.of("telemetry")),
            Map.entry("protocol", Set.of("telemetry")),
            Map.entry("registry", Set.of("telemetry", "platform")),
            Map.entry("presence", Set.of("telemetry")),
            Map.entry("ingest", Set.of("telemetry", "senml", "protocol", "registry", "presence", "platform")),
            Map.entry("kafka", Set.of("telemetry", "senml", "ingest", "presence", "platform")),
            // presence: the counts of repeated messages go out on that topic.
            Map.entry("rollup", Set.of("telemetry", "senml", "presence", "platform")),
            // registry: for its port ConnectedDevices, which live fills from the topic that it follows anyway.
            Map.entry("live", Set.of("telemetry", "rollup", "presence", "access", "platform", "registry")),
            // registry: for its port DeviceHistory, behind which a deleted device's rollups are purged.
            Map.entry("history", Set.of("telemetry", "rollup", "platform", "registry")),
            Map.entry("access", Set.of("platform")),
            Map.entry("platform", Set.of()),
            Map.entry("local", Set.of()));

    @ArchTest
    static final ArchRule roomsKnowOnlyWhatTheirArrowsSay = classes()
            .that()
            .resideInAPackage("io.sluice..")
            .should(new ArchCondition<>("know only the rooms allowed") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    String room = room(type);
                    Set<String> allowed = MAY_KNOW.get(room);
                    if (allowed == null) {
                        events.add(SimpleConditionEvent.violated(type, room + " is no room: " + type.getName()));
                        return;
                    }
                    Set<String> known = new TreeSet<>();
                    type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .filter(target -> target.getPackageName().startsWith("io.sluice."))
                            .map(ArchitectureTest::room)
                            .forEach(known::add);
                    known.remove(room);
                    known.removeAll(allowed);
                    known.forEach(other -> events.add(
                            SimpleConditionEvent.violated(type, type.getName() + " knows the room " + other)));
                }
            });

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pureRoomsArePlainJava = noClasses()
            .that(resideInAnyPackage("io.sluice.telemetry..", "io.sluice.senml..", "io.sluice.protocol.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.quarkus..", "io.vertx..", "io.netty..", "jakarta..", "org.apache.kafka..", "io.smallrye.."));

    @ArchTest
    static final ArchRule socketsAreInIngestAndLiveOnly = noClasses()
            .that(resideInAPackage("io.sluice..").and(not("io.sluice.ingest..", "io.sluice.live..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.quarkus.websockets.next.."));

    @ArchTest
    static final ArchRule kafkaClientsStayInTheirRooms = noClasses()
            .that(resideInAPackage("io.sluice..")
                    .and(not(
                            "io.sluice.kafka..",
                            "io.sluice.rollup..",
                            "io.sluice.live..",
                            "io.sluice.history..",
                            "io.sluice.local..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."));

    @ArchTest
    static final ArchRule hibernateStaysInItsRooms = noClasses()
            .that(resideInAPackage("io.sluice..")
                    .and(not("io.sluice.registry..", "io.sluice.access..", "io.sluice.history..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.hibernate..", "jakarta.persistence.."));

    /** See {@code registry.Deletions}. */
    @ArchTest
    static final ArchRule nothingIsRemovedBySession = noClasses()
            .should()
            .accessTargetWhere(JavaAccess.Predicates.targetOwner(assignableTo(Mutiny.Session.class))
                    .and(JavaAccess.Predicates.target(nameStartingWith("remove"))));

    /** A session cut off in the middle of a transaction cannot end it, and tells so with a stack trace for each. */
    @ArchTest
    static final ArchRule changesOutliveTheirCallers = classes()
            .that()
            .resideInAnyPackage("io.sluice.registry..", "io.sluice.access..")
            .and()
            .areAnnotatedWith(Path.class)
            .should(new ArchCondition<>("not be cancelled when the caller goes away") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean outlives = type.tryGetAnnotationOfType(Cancellable.class)
                            .map(cancellable -> !cancellable.value())
                            .orElse(false);
                    if (!outlives) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is cancelled half-way"));
                    }
                }
            });

    @ArchTest
    static final ArchRule embeddedServersStayInTheirRoom = noClasses()
            .that(resideInAPackage("io.sluice..").and(not("io.sluice.local..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("kafka..", "io.zonky..", "org.bouncycastle.."));

    /** REST's bodies have codecs, see CodecsOnly; what Jackson's annotations steer would be found out by reflection. */
    @ArchTest
    static final ArchRule jacksonFindsNothingOut = noClasses()
            .that()
            .resideInAPackage("io.sluice..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.annotation.."));

    /** Of our own classes only the one whose name Kafka Streams is given is made by reflection. */
    @ArchTest
    static final ArchRule nothingElseIsRegisteredForReflection = classes()
            .that()
            .areAnnotatedWith(RegisterForReflection.class)
            .should()
            .haveFullyQualifiedName("io.sluice.rollup.DiskMemory");

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> not(String... packages) {
        return com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring("io.sluice".length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }
}
