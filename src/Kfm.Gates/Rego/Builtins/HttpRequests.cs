namespace Kfm.Gates.Rego.Builtins;

/// <summary>http.send and net.lookup_ip_addr: what the host allows, and nothing else.</summary>
internal static class HttpRequests
{
    private const string Send = "http.send";
    private const string Lookup = "net.lookup_ip_addr";
    private static readonly string[] Required = ["method", "url"];
    private static readonly string[] Allowed =
    [
        "method", "url", "body", "enable_redirect", "force_json_decode", "force_yaml_decode", "headers", "raw_body", "tls_use_system_certs", "tls_ca_cert",
        "tls_ca_cert_file", "tls_ca_cert_env_variable", "tls_client_cert", "tls_client_cert_file", "tls_client_cert_env_variable", "tls_client_key",
        "tls_client_key_file", "tls_client_key_env_variable", "tls_insecure_skip_verify", "tls_server_name", "timeout", "cache", "force_cache",
        "force_cache_duration_seconds", "raise_error", "caching_mode", "max_retry_attempts", "cache_ignored_headers",
    ];

    internal static void Register(Action<string, int, Builtin> add)
    {
        add(Send, 1, static (c, a) => c.Once(Send, a[0], () => Ask(c, Send, Check(Send, a, 0), static (network, request, token) => network.Send(request, token))));
        add(Lookup, 1, static (c, a) => c.Once(Lookup, a[0], () => Resolve(c, Operand.Text(Lookup, a, 0))));
    }

    /// <summary>Refuses a request with members that are not known, or without those that it needs.</summary>
    internal static RegoObject Check(string builtin, RegoValue[] a, int index)
    {
        var request = Operand.Object(builtin, a, index);
        var unknown = RegoSet.Create(request.Members.Select(m => m.Key).Where(k => k is not RegoString text || !Allowed.Contains(text.Text, StringComparer.Ordinal)));
        var missing = RegoSet.Create(Required.Where(r => request.Member(r) is null).Select(RegoValue.Of));
        return unknown.Count > 0 ? throw BuiltinException.Operand(builtin, index + 1, $"invalid request parameters(s): {unknown}")
            : missing.Count > 0 ? throw BuiltinException.Operand(builtin, index + 1, $"missing required request parameters(s): {missing}")
            : request;
    }

    private static RegoValue? Resolve(BuiltinContext context, string name) => System.Net.IPAddress.TryParse(name, out var address) && !name.Contains('%', StringComparison.Ordinal)
        ? RegoSet.Create([RegoValue.Of(address.ToString())])
        : Ask(context, Lookup, RegoValue.Of(name), static (network, host, token) =>
            RegoSet.Create(network.Resolve(((RegoString)host).Text, token).Select(a => RegoValue.Of(a.ToString()))));

    private static RegoValue? Ask<T>(BuiltinContext context, string builtin, T question, Func<RegoNetwork, T, CancellationToken, RegoValue?> ask)
        where T : RegoValue
    {
        var network = context.Options.Network ?? throw BuiltinException.Failed(builtin, "the host gives policies no network; set EvaluateOptions.Network to allow it");
        try
        {
            return ask(network, question, context.Options.CancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw BuiltinException.Failed(builtin, e.Message);
        }
    }
}
