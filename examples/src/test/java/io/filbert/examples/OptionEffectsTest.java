// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.config.TlsConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * For each option, the test that shows its effect. Whoever adds an option adds a line, and the test it names; that values are read back
 * from the configuration is tested there and is no effect.
 */
class OptionEffectsTest {

    private static final String INVENTORY = """
            addressTranslator                 AddressTranslationIT#addressTranslator_isAskedForEachMember_notForConfiguredAddresses
            asyncStart                        LifecycleIT#asyncStart_failsFastUntilConnected
            backupAckToClientEnabled          BackupAckIT#switchedOff_orUnisocket_doesNotAskForAcks
            callbackExecutor                  CallbackIT#withAnExecutor_onItsThreads_andTheClientStartsNone
            checkClassDefinitionErrors        ClassDefinitionsTest#nestedDefinitionMissing_isRefusedUnlessNotChecked
            classDefinitions                  ClassDefinitionsTest#objectThatDoesNotFitItsDefinition_isRefused
            classLoader                       NamedClassTest#class_isLookedUpWhereTheConfigurationSays_whateverTheThread
            clientName                        OptionsIT#nameAndLabels_areShownToTheMember
            cloudDiscoveryToken               CloudDiscoveryIT#membersAreReachedAtTheirPublicAddresses
            cloudDiscoveryUrl                 CloudDiscoveryIT#membersAreReachedAtTheirPublicAddresses
            clusterConnectTimeout             LifecycleIT#clusterConnectTimeout_endsReconnecting
            clusterMembers                    ConnectFailuresIT#silentFirstAddress_doesNotHinderTheSecond
            clusterName                       ConnectFailuresIT#wrongClusterName_isAnAuthenticationError
            compactClasses                    NamedClassTest#registeredClasses_passAnyFilter_andComeBeforeOtherForms
            compactSerializers                SchemaReplicationIT#firstObject_sendsTheSchemaOnceAndThenTheObject
            compactTypeFilter                 NamedClassTest#filter_decides
            connectionTimeout                 ConnectFailuresIT#silentServer_failsAtTheConnectionTimeout
            credsPassword                     AuthenticationIT#nameAndPassword_right_letTheClientIn
            credsUsername                     AuthenticationIT#nameAndPassword_right_letTheClientIn
            customCredentials                 AuthenticationIT#customCredentials_arriveInSerializedForm
            customSerializer                  CustomFormsTest#customSerializer_ofOneClass_writesItsSubclassesToo
            customSerializers                 CustomFormsTest#nearestRegistration_writesTheOfficialBytes
            daemonThreads                     ProgramEndIT#withoutDaemonThreads_runsUntilTheClientIsClosed
            dataSerializableFactories         OfficialIdentifiedTest#randomObjects_haveTheOfficialBytes_andAreReadBothWays
            failOnIndeterminateOperationState BackupAckIT#missingAck_failsIfConfigured
            failoverCluster                   FailoverIT#clusterLost_workGoesOnWithTheOther_andBack
            failoverTryCount                  FailoverIT#noneReachable_triedAsOftenAsWanted_shutsDown
            globalSerializer                  CustomFormsTest#globalSerializer_writesTheOfficialBytes_andWhatHasNoOtherForm
            heartbeatInterval                 ThreadsAndHeartbeatIT#idleConnections_arePinged_andStayOpen
            heartbeatTimeout                  LostConnectionIT#halfOpenConnection_isClosedAtTheHeartbeatTimeout
            invocationRetryPause              OptionsIT#invocationRetryPause_isTheLongestPauseBetweenAttempts
            invocationTimeout                 DeadlineIT#invocationTimeout_isTheDefaultDeadline_forProxiesAndBulkCallsToo
            ioThreads                         ThreadsAndHeartbeatIT#ioThreads_asConfigured
            isBigEndian                       OfficialJavaSerializationTest#objects_haveTheOfficialBytes_andAreReadBothWays
            javaSerializationAllowed          JavaSerializationTest#patterns
            javaSerializationFilter           JavaSerializationTest#filterOfTheUser_decides_andLeavesTheRestToTheDefault
            labels                            OptionsIT#nameAndLabels_areShownToTheMember
            lifecycleListeners                LifecycleIT#startAndClose_passThroughTheStates
            loadBalancer                      RoutingIT#ownLoadBalancer_isAsked_andMayRefuseToChoose
            maxDecompressedBytes              ObjectStreamBombTest#compressedObject_largerThanTheLimit_namesTheOption
            maxInFlight                       InFlightBoundIT#furtherCaller_waitsForRoom
            maxInFlightBytes                  InFlightBoundIT#byteBound_countsRequestSizes
            maxMessageBytes                   OptionsIT#maxMessageBytes_endsACallWithALongerAnswer
            membershipListeners               LifecycleIT#membershipListeners_hearOfEachMemberOnce
            operationBackupTimeout            BackupAckIT#missingAck_completesAfterTheBackupTimeout
            partitioningStrategy              PartitioningIT#string_findsWhatTheOfficialClientWrote_andReplacesIt
            portableFactories                 PortableOfficialTest#randomClasses_haveTheSameBytesAndReadBothWays
            portableVersion                   PortableVersionsTest#classWithoutVersion_hasTheConfiguredOne
            reconnectMode                     LifecycleIT#reconnectModeAsync_callsFailAtOnce_untilTheClusterIsBack
            redoOperation                     LostConnectionIT#otherCall_withRedoOperation_isSentAgain
            retryInitialBackoff               ConnectLoopTest#run_roundsFail_pausesGrowUpToTheLongest
            retryJitter                       ConnectLoopTest#run_jitter_pausesDifferByAtMostItsShare
            retryMaxBackoff                   ConnectLoopTest#run_roundsFail_pausesGrowUpToTheLongest
            retryMultiplier                   ConnectLoopTest#run_roundsFail_pausesGrowUpToTheLongest
            serializableAsCompact             SerializableAsCompactTest#recordsAndClasses_areWrittenInCompactForm
            shuffleMemberList                 ConnectLoopTest#run_shuffle_allAddressesAreTriedInSomeOtherOrder
            smartRouting                      RoutingIT#unisocket_usesOneConnectionForEverything
            socketOption                      OptionsIT#socketOption_isSet
            socketOptions                     OptionsIT#socketOption_isSet
            statisticsEnabled                 StatisticsIT#enabled_realMember_hasTheTextAndTheSameFiguresAsMetrics
            statisticsPeriod                  StatisticsIT#period_isTheTimeFromOneReportToTheNext
            tls                               TlsIT#oneCallInFlight_eachWay_works
            tls.caFile                        TlsIT#memberNotTrusted_isToldWithTheOption
            tls.certificateFile               TlsIT#clientCertificate_wantedAndShown_works
            tls.checkHostname                 TlsIT#hostName_notInTheCertificate_isRefusedOnlyIfChecked
            tls.ciphers                       TlsIT#ciphers_ofEitherName_work
            tls.enabled                       TlsIT#disabled_ignoresTheRest
            tls.keyFile                       TlsIT#clientCertificate_wantedAndShown_works
            tls.password                      PrivateKeysTest#first_encrypted_asksForThePasswordOnceAndLeavesItAlone
            tls.protocol                      TlsIT#oneCallInFlight_eachWay_works
            tls.serverName                    TlsEnginesTest#engine_serverName_isAskedForAndExpected
            tls.sslContext                    TlsIT#ownContext_isUsed
            tokenProvider                     AuthenticationIT#token_right_letsTheClientInOnEveryConnection
            usePublicIp                       AddressTranslationIT#usePublicIp_connectsToThePublicAddressOfAMemberThatHasOne
            """;

    private static Map<String, String> inventory() {
        return INVENTORY
                .lines()
                .map(line -> line.split(" +"))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
    }

    private static Stream<String> options(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !name.equals("build"));
    }

    @Test
    void everyOption_isInTheInventory_andNothingElse() {
        Set<String> existing = options(ClientConfig.Builder.class).collect(Collectors.toCollection(TreeSet::new));
        options(TlsConfig.Builder.class).map(name -> "tls." + name).forEach(existing::add);

        assertThat(inventory().keySet()).isEqualTo(existing);
    }

    @Test
    void everyNamedTest_isThere() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(file -> file.toString().contains("src/test/java")
                            && file.toString().endsWith(".java"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }

        assertThat(inventory()).allSatisfy((option, test) -> {
            String[] parts = test.split("#");
            assertThat(sources.getOrDefault(parts[0], ""))
                    .as("%s, which shall show the effect of %s", test, option)
                    .contains("void " + parts[1] + "(");
        });
    }
}
