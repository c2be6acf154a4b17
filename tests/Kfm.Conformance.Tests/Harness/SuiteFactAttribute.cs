using Xunit.Sdk;

namespace Kfm.Conformance.Tests;

/// <summary>A fact that is skipped when the folder of its class's suite is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Kfm.Conformance.Tests.SuiteFactDiscoverer", "Kfm.Conformance.Tests")]
public sealed class SuiteFactAttribute : FactAttribute;
