using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.InspectingTheBroker;

/// <summary>Reads what is on a broker, and changes nothing; the seam between transports.</summary>
public interface ITopologyInspector
{
    /// <summary>What is there.</summary>
    /// <param name="topology">What is declared: only of that is it known which properties it should have.</param>
    /// <param name="cancellationToken">Ends waiting for the broker.</param>
    /// <exception cref="BrokerNotReadException">The broker cannot be asked.</exception>
    Task<BrokerInventory> Read(DeclaredTopology topology, CancellationToken cancellationToken);
}
