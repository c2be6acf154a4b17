namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>How many services of a kind a signature needs (sigstore_trustroot.proto, ServiceConfiguration).</summary>
/// <param name="Count">So many, each of another operator; null for all of them.</param>
internal sealed record ServiceSelection(int? Count)
{
    /// <summary>The services to use at a time: of each operator the one that started last, in an interface that is spoken here.</summary>
    /// <returns>Null when there are too few.</returns>
    public List<SigningService>? Choose(SigningService[] services, DateTimeOffset now, params ReadOnlySpan<int> versions)
    {
        List<SigningService> chosen = [];
        foreach (var service in services.OrderByDescending(s => s.Window.Start).ThenByDescending(s => s.Version))
        {
            if (versions.Contains(service.Version) && service.Window.Contains(now) && !chosen.Exists(c => c.Operator == service.Operator))
            {
                chosen.Add(service);
            }
        }

        return Count is not { } count ? chosen : chosen.Count >= count ? chosen[..count] : null;
    }
}
