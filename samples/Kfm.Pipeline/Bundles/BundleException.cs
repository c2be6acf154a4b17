using Kfm.Provenance;

namespace Kfm.Pipeline.Bundles;

/// <summary>A directory is not a bundle, or cannot become one.</summary>
internal sealed class BundleException(string message) : KfmException(message);
