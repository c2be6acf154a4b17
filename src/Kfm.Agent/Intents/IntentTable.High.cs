namespace Kfm.Agent.Intents;

internal static partial class IntentTable
{
    private const string SigningIn = """
        auth, authn, authz, authent*, authoris*, authoriz*, unauthori*, unauthenticat*, login*, log-in, logins, log in, logs in, logged in, logged-in, logging in, logon, logout*, log-out, log out, logged out, log off, logoff,
        sign in|on|out|up, signs in|on|out|up, signed in|on|out|up, signing in|on|out|up, sign-in*, sign-on, sign-out, sign-up*, signin, signup, signout, signed-in, sso, single sign-on, single-sign-on, identity provider*|server|platform|federation, idp,
        password*, pasword*, passwrod*, passwort*, passphrase*, passcode*, pass code*, pin code*, passkey*, webauthn, fido*, yubikey*, credential*, 2fa, mfa, totp, otp, one-time code*, one-time password*, two-factor, two factor, multi-factor, multifactor, second factor, authenticator*, captcha*, recaptcha,
        remember me, remember-me, stay signed|logged, session*, cookie*, token*, jwt*, jwks, bearer, oauth*, oauth2, oidc, openid, saml, ldap, kerberos, ntlm, active directory, scim, pkce, redirect uri*, redirect url*, callback url*, access-token*,
        lock* .. account*, unlock .. account*, account lock*, service account*, demo account*, user account*, account takeover, deactivat* .. user*, idle users, expire .. user*, invite .. user*, invitation link*, magic link*, reset link*, reset-link,
        """;

    private const string Access = """
        permission*, privilege*, least privilege, rbac, abac, acl, acls, access control*|check*|right*|level*|list*|rule*|matrix, write access, read access, full access, has access, have access, grant* access, grant|grants|granted|granting, revoke*, revocation,
        role*, admin, admins, administrator*, superuser*, super-user*, root user, sudo, moderator*, user group*, guest, guests, anonymous*, unregistered, impersonat*, act as, acts as, on behalf of,
        only .. may|can|should|admins|owner|owners|members|editors, who may|can|is|are, is allowed, are allowed, be allowed, allowed to, not allowed, isallowed, isadmin, canaccess, hasaccess, hasrole, hasclaim, for people who, people who are not,
        let|allow|permit|enable|give|make .. visitors|guests|editors|moderators|volunteers|reviewers|owners|members|strangers|everybody|everyone|anyone|anybody, see .. of other, other people's, other users, of others, someone else's, private map*|project*|data|file*|link*|repo*,
        visible to, hidden from, restrict*, publicly readable|accessible|visible, world-readable, make public, forbidden, 401, 403, protected branch*, branch protection, whitelist*, allowlist*, allow-list*, blacklist*, denylist*, deny-list*, ip range*, ip filter*, scopes,
        """;

    private const string Keys = """
        secret*, vault*, keychain*, keystore*, key store, key vault, api key*, api-key*, apikey*, private|public|signing|encryption|master|session|ssh|gpg|hmac|symmetric|shared|host|account key*, hard coded key*, hard-coded key*, hardcoded key*, customer's key*, customer s key*, bundle key*, deploy key*,
        key rotation, rotate*, rotation of keys, kms, hsm, encrypt*, decrypt*, unencrypted, plaintext, cipher*, crypto*, cryptograph*, argon*, bcrypt, scrypt, pbkdf2, salted, salt, hash .. password*, nonce*, tls, ssl, mtls, mutual tls, https, certificat*, cert, certs, self-signed, x509, x-509, ca bundle, root ca,
        pinning, sign .. webhook*|payload*|request*|artifact*|package*|plugin*|call*|release*|commit*|binar*, signed url*, signed request*, signature verif*, signature check*, verif* .. signature*, check .. signature*, validat* .. signature*, unsigned, code signing, insecure, safe-mode off,
        """;

    private const string Attacks = """
        security, attack*, vulnerab*, exploit*, cve, cves, csrf, xsrf, xss, clickjack*, cors .. origin*, same-site, samesite, httponly, csp, content security, sql injection, script injection, command injection, ssrf, xxe, path traversal, directory traversal, deserialization of, brute force, brute-force,
        back door*, backdoor*, bypass*, guess .. id*, enumerate .. user*, sandbox escape*, escap* .. sandbox, isolation of, untrusted, malicious, denial of service, rate limit* .. login*, skip .. check, disable .. check, turn off .. validation, turn off .. verification, disable .. validation, disable .. verification, skip .. verification
        """;

    private const string Databases = """
        migrat*, database*, databse*, datbase*, db, dbs, sql, tsql, plsql, plpgsql, nosql, postgres*, mysql, mariadb, sqlite, oracle, mongo*, cassandra, dynamodb, cosmosdb, redis, elasticsearch, opensearch, influxdb, clickhouse, ef core, entity framework, efcore, flyway, liquibase, dbup, dapper, orm,
        tablespace*, schema*, ddl, stored procedure*, stored proc*, sproc*, materiali* view*, shard*, partition*, query plan*, vacuum, wal, replica of,
        """;

    private const string SchemaChanges = """
        alter table, drop|create|truncate|rename|alter|move|split|merge|archive|purge|delete table*, drop|create|rename|split|merge|alter .. table|tables, drop|add|rename|split|alter|remove|delete|convert|widen .. column*, into .. columns, into .. table|tables, unused column*, new column*, one|two|three|more|extra column*, more columns,
        drop|add|create|build|rebuild|remove|missing index|indexes|indices, drop|add|create|build .. index on, add|create|drop an|a|the|old|unique|composite index|indexes, unique index, gist, reindex*, re-index*, foreign key*, primary key*, surrogate key*, composite key*, shard key*, unique constraint*, check constraint*, constraint*,
        not null, on delete, cascade*, db trigger*, add|create|drop a trigger, collation*, varchar*, nvarchar*, bigint, smallint, numeric, decimal column, data type, datatype, column type, auto-increment, autoincrement, identity column*, reset .. sequence*, created at, updated at, deleted at,
        denormali*, normali* .. table*|schema|data, soft delet*, soft-delet*, hard delet*, hard-delet*, real delet*, mapping of, object-relational, storage format*, on-disk format*, file format .. upgrad*,
        """;

    private const string StoredData = """
        backfill*, back-fill, re-import*, reimport*, reload all, bulk update|rename|delete|load|change|edit|correct*, mass update|rename|delete, one-off update|script|job, data fix*, data repair*, data clean*, in place, in-place,
        all|every|the|any existing|stored|persisted|old .. records|rows|entries|files|data|tiles|parcels|runs|scans|values, existing|stored|persisted records|rows|entries|data|files|values|parcels|tiles|geometries|hash*|scans|runs|documents|ones, stored, persisted, for all existing, for existing, convert .. old|existing|all,
        records, delete|remove|purge|clean|wipe|prune|archive .. records|rows|entries|duplicates|orphan*, duplicate rows|records, orphan*, purge*, prune old, archive old, old runs, old rows, rows in production, in production, on production, production data, live data, live db, live system, prod data,
        truncate, wipe, overwrite*, backup*, back-up*, restore from, roll back, rollback of, recompute .. stored|all|every, re-encode*, reencode*, re-hash*, rehash*, set all, update all rows, update .. rows, legacy data, historic data
        """;

    // Words of tables that stand in many texts about documents and settings too.
    private const string TableWords = """
        column*, own table, join table*, lookup table*, staging table*, temp table*, the table, the tables, in a table, rows in, parcel rows, table rows, nullable, index on, trigger on
        """;
}
