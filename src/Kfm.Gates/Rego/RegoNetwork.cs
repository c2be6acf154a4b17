using System.Net;

namespace Kfm.Gates.Rego;

/// <summary>What a host lets policies ask of a network. Without one, <c>http.send</c> and <c>net.lookup_ip_addr</c> are errors that say so.</summary>
/// <remarks>
/// A host derives from this to decide which addresses may be asked, with which credentials, and what is answered from a cache. Within one query
/// the same question is asked once, so that a policy sees one answer. Failures are thrown as <see cref="IOException"/>,
/// <see cref="HttpRequestException"/> or <see cref="TimeoutException"/>; they become builtin errors of the policy.
/// </remarks>
public abstract class RegoNetwork
{
    /// <summary>Answers <c>http.send</c>.</summary>
    /// <param name="request">The request object; its members are those that OPA knows, and <c>method</c> and <c>url</c> are there.</param>
    /// <param name="cancellationToken">The token of the evaluation.</param>
    /// <returns>The response object (<c>status</c>, <c>status_code</c>, <c>headers</c>, <c>body</c>, <c>raw_body</c>), or null for undefined.</returns>
    public abstract RegoValue? Send(RegoObject request, CancellationToken cancellationToken);

    /// <summary>Answers <c>net.lookup_ip_addr</c> for a name that is not an address itself.</summary>
    /// <param name="host">The name.</param>
    /// <param name="cancellationToken">The token of the evaluation.</param>
    public abstract IEnumerable<IPAddress> Resolve(string host, CancellationToken cancellationToken);
}
