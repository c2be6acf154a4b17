namespace Kfm.Agent.Previews;

/// <summary>The surroundings of one build that must not show in what it makes.</summary>
/// <param name="Directory">The relative path of its tree and its home below the scratch directory, with forward slashes.</param>
/// <param name="TimeZone">The value of TZ.</param>
/// <param name="Locale">The value of LANG and LC_ALL.</param>
/// <param name="Umask">The permission bits that new files do not get, 0 to 0777; without effect on Windows.</param>
public sealed record BuildVariation(string Directory, string TimeZone, string Locale, int Umask);
