package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation;
import org.witan.validator.api.endpoint.Route;
import org.witan.validator.api.endpoint.Routes;

/** The description of the API says what the server does, and nothing else. */
final class OpenApiTest extends Served {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonNode document = MAPPER.nullNode();

    @BeforeEach
    void read() throws IOException {
        document = MAPPER.readTree(get("/openapi.json").body());
    }

    @AfterEach
    void stop() {
        close();
    }

    @Test
    void paths_methods_and_queries_are_those_of_the_routes() {
        TreeMap<String, TreeSet<String>> told = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        told.put(
                                                method.getKey() + path.getKey(),
                                                queries(method.getValue()))));
        TreeMap<String, TreeSet<String>> served = new TreeMap<>();
        for (Route route : Routes.of(node, InstantSource.system(), Duration.ofSeconds(60)).all()) {
            String method = route.method().toLowerCase(java.util.Locale.ROOT);
            served.put(method + route.template().replace("+}", "}"), new TreeSet<>(route.query()));
        }

        assertThat(told).isEqualTo(served);
    }

    @Test
    void bodies_have_exactly_the_fields_that_are_described() throws IOException {
        List<String> paths =
                List.of(
                        "/v1/network",
                        "/v1/status",
                        "/v1/why",
                        "/v1/members",
                        "/v1/mesh",
                        "/v1/peers",
                        "/v1/catchup",
                        "/v1/ledger/head",
                        "/v1/checkpoint",
                        "/healthz/live",
                        "/healthz/ready");
        for (String path : paths) {
            check(path, path, "200");
        }
        check("/v1/peers/{id}/ping", "/v1/peers/v2/ping", "200");
        check("/v1/blocks/{height}", "/v1/blocks/1", "200");
        check("/v1/entries/{owner}/{key}", "/v1/entries/v1/colour", "200");
        check("/v1/entries/{owner}/{key}", "/v1/entries/v1/colour?proof=true", "200");
        check("/v1/entries/{owner}/{key}", "/v1/entries/v1/none?proof=true", "200");
        check("/v1/entries", "/v1/entries", "200");
        check("/v1/senders/{sender}", "/v1/senders/v1", "200");
        check("/v1/members/{id}", "/v1/members/v1", "200");
        check("/v1/members/{id}", "/v1/members/nobody", "default");
        check("/v1/organisations", "/v1/organisations", "200");
        check("/v1/rules", "/v1/rules", "200");
        check("/v1/changes/{number}", "/v1/changes/1", "default");
        ledger.propose("the reason");
        check("/v1/changes", "/v1/changes?limit=1", "200");
        check("/v1/changes/{number}", "/v1/changes/1", "200");
        assertThat(get("/v1/changes/1").body()).contains("the reason", "heartbeatSeconds");
        ledger.accuse(9);
        check("/v1/evidence", "/v1/evidence?limit=5", "200");
        String id = ledger.store().block(1).orElseThrow().body().transactions().get(0).id().hex();
        check("/v1/transactions/{id}", "/v1/transactions/" + id, "200");
        check("/v1/blocks/{height}", "/v1/blocks/9", "default");
        check("/v1/checkpoint", "/v1/checkpoint?at=9", "default");
    }

    @Test
    void a_member_comes_with_its_proof() throws IOException {
        check("/v1/members/{id}", "/v1/members/v1?proof=true", "200");
        assertThat(get("/v1/members/v1?proof=true").body()).contains("\"proof\":\"");
        assertThat(get("/v1/members/v1").body()).doesNotContain("\"proof\"");
    }

    @Test
    void invitations_are_described() throws IOException {
        check("/v1/invitations", "/v1/invitations", "200");
        ledger.invite();
        check("/v1/invitations", "/v1/invitations", "200");
        assertThat(get("/v1/invitations").body()).contains("\"status\":\"open\"", "observer");
    }

    @Test
    void an_upgrade_is_described_before_and_while_there_is_a_plan() throws IOException {
        check("/v1/upgrade", "/v1/upgrade", "200");
        ledger.planUpgrade();
        ledger.commit(ledger.sign(new GovernanceOperation.Permit(1, 50)));
        check("/v1/upgrade", "/v1/upgrade", "200");
        assertThat(get("/v1/upgrade").body())
                .contains("\"stage\":\"rolling\"", "\"protocolLevel\":1", "\"member\":\"v1\"");
    }

    private void check(String template, String path, String response) throws IOException {
        JsonNode content =
                document.path("paths")
                        .path(template)
                        .path("get")
                        .path("responses")
                        .path(response)
                        .path("content");
        List<String> wrong = new ArrayList<>();
        compare(
                path,
                content.elements().next().path("schema"),
                MAPPER.readTree(get(path).body()),
                wrong);
        assertThat(wrong).isEmpty();
    }

    /** Types, required and unknown fields, through objects and arrays. */
    private void compare(String at, JsonNode given, JsonNode value, List<String> wrong) {
        JsonNode schema = given;
        if (given.has("$ref")) {
            String name = given.path("$ref").textValue().replaceAll(".*/", "");
            schema = document.path("components").path("schemas").path(name);
            assertThat(schema.isObject()).as(name).isTrue();
        }
        if (!types(schema).isEmpty() && !types(schema).contains(type(value))) {
            wrong.add(at + " is " + type(value) + ", described as " + types(schema));
        }
        JsonNode properties = schema.path("properties");
        if (value.isObject() && properties.isObject()) {
            for (JsonNode name : schema.path("required")) {
                if (!value.has(name.textValue())) {
                    wrong.add(at + " lacks " + name);
                }
            }
            for (var field : value.properties()) {
                if (properties.has(field.getKey())) {
                    String inner = at + "." + field.getKey();
                    compare(inner, properties.path(field.getKey()), field.getValue(), wrong);
                } else {
                    wrong.add(at + " has " + field.getKey() + ", which is not described");
                }
            }
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                compare(at + "[]", schema.path("items"), item, wrong);
            }
        }
    }

    private static TreeSet<String> types(JsonNode schema) {
        TreeSet<String> types = new TreeSet<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.textValue()));
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static TreeSet<String> queries(JsonNode operation) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").textValue().equals("query")) {
                names.add(parameter.path("name").textValue());
            }
        }
        return names;
    }
}
