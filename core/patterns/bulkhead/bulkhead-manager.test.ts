import { describe, expect, it } from 'vitest';
import { BulkheadManager } from './bulkhead-manager.ts';

describe('BulkheadManager', () => {
  it('lets each service work in the pool that it is assigned to', () => {
    const manager = new BulkheadManager();
    const critical = manager.createPool({ name: 'critical', size: 20 });
    const external = manager.createPool({ name: 'external', size: 15 });
    manager.assign('payments', 'critical');
    manager.assign('logins', 'critical');
    manager.assign('partners', 'critical');
    manager.assign('partners', 'external');
    expect(manager.poolOf('payments')).toBe(critical);
    expect(manager.poolOf('logins')).toBe(critical);
    expect(manager.poolOf('partners')).toBe(external);
  });

  it('refuses an unassigned service and an unknown pool', () => {
    const manager = new BulkheadManager();
    expect(() => manager.poolOf('payments')).toThrow(
      new RangeError("Service 'payments' is not assigned to any bulkhead"),
    );
    expect(() => manager.assign('payments', 'critical')).toThrow(
      new RangeError("Service 'payments' cannot work in 'critical': no such bulkhead"),
    );
  });

  it('refuses a second pool of the same name', () => {
    const manager = new BulkheadManager();
    manager.createPool({ name: 'critical', size: 1 });
    expect(() => manager.createPool({ name: 'critical', size: 2 })).toThrow(RangeError);
  });

  it('reports number, average utilisation, details and assignments', () => {
    const manager = new BulkheadManager();
    const critical = manager.createPool({ name: 'critical', size: 2 });
    manager.createPool({ name: 'external', size: 10 });
    manager.assign('payments', 'critical');
    critical.request(0);
    const none = { rejected: 0, timeouts: 0, cancelled: 0, peakQueued: 0 };
    expect(manager.health()).toEqual({
      totalBulkheads: 2,
      averageUtilisation: 0.25,
      pools: [
        {
          name: 'critical',
          size: 2,
          inUse: 1,
          queued: 0,
          utilisation: 0.5,
          stats: { ...none, requests: 1, admitted: 1, peakInUse: 1 },
        },
        {
          name: 'external',
          size: 10,
          inUse: 0,
          queued: 0,
          utilisation: 0,
          stats: { ...none, requests: 0, admitted: 0, peakInUse: 0 },
        },
      ],
      assignments: [{ service: 'payments', pool: 'critical' }],
    });
    expect(new BulkheadManager().health()).toMatchObject({
      totalBulkheads: 0,
      averageUtilisation: 0,
    });
  });
});
