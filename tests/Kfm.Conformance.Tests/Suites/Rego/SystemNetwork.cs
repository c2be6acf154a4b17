using System.Net;
using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Resolves names as the system does; sends nothing.</summary>
internal sealed class SystemNetwork : RegoNetwork
{
    public override RegoValue? Send(RegoObject request, CancellationToken cancellationToken) => throw new IOException("the suite sends no requests");

    public override IEnumerable<IPAddress> Resolve(string host, CancellationToken cancellationToken) => Dns.GetHostAddresses(host);
}
