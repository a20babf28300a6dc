package org.witan.genesis.document;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/** Ids, keys and endpoints, each of which one document may use once. */
final class Claims {
    private final Map<String, String> ids = new TreeMap<>();
    private final Map<String, String> keys = new TreeMap<>();
    private final Map<String, String> endpoints = new TreeMap<>();

    /** Notes the use of an id, which organisations and validators share. */
    void id(NodeId id, FieldReader in) {
        claim(ids, id.value(), in, "id");
    }

    /** Notes the use of a key, and a problem if it is no sound one. */
    void key(PublicKey key, FieldReader in, String field, boolean deep) {
        claim(keys, key.toString(), in, field);
        if (deep && !key.isSound()) {
            in.problem(field, "is not a sound Ed25519 key (canonical, of full order)");
        }
    }

    /** Notes the use of an endpoint; names of hosts do not tell capitals from small letters. */
    void endpoint(Endpoint endpoint, FieldReader in) {
        claim(endpoints, endpoint.toString().toLowerCase(Locale.ROOT), in, "endpoints");
    }

    private static void claim(
            Map<String, String> used, String value, FieldReader in, String field) {
        String earlier = used.putIfAbsent(value, in.path(field));
        if (earlier != null) {
            in.problem(field, value + " is used already by " + earlier);
        }
    }
}
